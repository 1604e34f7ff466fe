//! Tests that the CPU renderer draws the requested shapes at their positions.

use crate::support;

#[test]
fn fills_text_and_clips_land_on_their_pixels() {
    let red = egui::Color32::from_rgb(200, 30, 30);
    let mut harness = support::harness(egui::vec2(80.0, 40.0)).build_ui(|ui| {
        let painter =
            ui.painter().with_clip_rect(egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(40.0, 40.0)));
        painter.rect_filled(egui::Rect::EVERYTHING, 0.0, egui::Color32::WHITE);
        painter.rect_filled(
            egui::Rect::from_min_size(egui::pos2(10.0, 10.0), egui::vec2(10.0, 10.0)),
            0.0,
            red,
        );
        let font = egui::FontId::proportional(13.0);
        painter.text(egui::pos2(22.0, 8.0), egui::Align2::LEFT_TOP, "旅A", font, egui::Color32::BLACK);
    });
    harness.run();
    let picture = support::picture(&mut harness);
    let at = |x, y| picture.get_pixel(x, y).0;
    assert_eq!(at(15, 15), [200, 30, 30, 255]);
    assert_eq!(at(9, 15), [255; 4]);
    assert_eq!(at(39, 39), [255; 4]);
    assert_ne!(at(40, 39), [255; 4], "outside the clip rectangle");
    let dark = (22..40).flat_map(|x| (8..24).map(move |y| (x, y))).filter(|(x, y)| at(*x, *y)[0] < 100);
    assert!(dark.count() > 20, "text is drawn");
}
