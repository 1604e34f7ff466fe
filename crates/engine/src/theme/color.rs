//! A colour as themes write it: red, green, blue and straight alpha, a byte each.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

/// A colour with straight (not premultiplied) alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color([u8; 4]);

impl Color {
    /// An opaque colour.
    pub const fn from_rgb(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue, 255])
    }

    /// Returns the same colour with another alpha, 0 (transparent) to 255 (opaque).
    #[must_use]
    pub const fn with_alpha(self, alpha: u8) -> Self {
        let [red, green, blue, _] = self.0;
        Self([red, green, blue, alpha])
    }

    /// Returns the colour at a share (0 to 1, clamped) between this one and another, by channel.
    #[must_use]
    pub fn mix_with(self, other: Self, share: f32) -> Self {
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        let mut mixed = [0; 4];
        for (out, (from, to)) in mixed.iter_mut().zip(self.0.into_iter().zip(other.0)) {
            *out = (f32::from(from) + (f32::from(to) - f32::from(from)) * share).round() as u8;
        }
        Self(mixed)
    }

    /// Returns red, green, blue and straight alpha.
    pub const fn to_array(self) -> [u8; 4] {
        self.0
    }

    /// Returns the alpha as a share, 0 to 1.
    pub fn opacity(self) -> f32 {
        f32::from(self.0[3]) / 255.0
    }

    /// Returns `#rrggbb`, without the alpha, as in SVG.
    pub fn to_hex(self) -> String {
        let [red, green, blue, _] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Parses `#rrggbb` or `#rrggbbaa`, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            6 => Some(Self((value << 8 | 0xff).to_be_bytes())),
            8 => Some(Self(value.to_be_bytes())),
            _ => None,
        }
    }
}

impl Default for Color {
    /// Opaque black.
    fn default() -> Self {
        Self::from_rgb(0, 0, 0)
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let text = String::deserialize(source)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom(format!("expected #rrggbb or #rrggbbaa, found {text:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_both_forms_and_nothing_else() {
        assert_eq!(Color::parse("#0b6B72"), Some(Color::from_rgb(11, 107, 114)));
        assert_eq!(Color::parse("#0b6b7280"), Some(Color::from_rgb(11, 107, 114).with_alpha(128)));
        for wrong in ["", "#", "0b6b72", "#0b6b7", "#0b6b723", "#+b6b72", "#gg0000", "#0b6b72800", "#中中"]
        {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Color::from_rgb(11, 107, 114).to_hex(), "#0b6b72");
    }

    #[test]
    fn mix_goes_from_one_end_to_the_other() {
        let black = Color::from_rgb(0, 0, 0);
        let white = Color::from_rgb(255, 255, 255);
        assert_eq!(black.mix_with(white, 0.0), black);
        assert_eq!(black.mix_with(white, 0.5), Color::from_rgb(128, 128, 128));
        assert_eq!(black.mix_with(white, 7.0), white);
        assert_eq!(black.mix_with(white, f32::NAN), black);
    }
}
