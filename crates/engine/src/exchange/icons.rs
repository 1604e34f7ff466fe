//! The icon of a channel that is known by name only.

use crate::theme::Icon;

/// Returns the icon that fits a channel's name, in either language.
pub(super) fn icon_for(name: &str) -> Icon {
    const KNOWN: &[(Icon, &[&str])] = &[
        (Icon::Smartphone, &["app", "mobile", "手机"]),
        (Icon::Globe, &["web", "online", "网"]),
        (Icon::Headset, &["call", "hotline", "support", "客服", "热线"]),
        (Icon::Phone, &["phone", "电话"]),
        (Icon::Mail, &["mail", "邮件"]),
        (Icon::Share, &["social", "社交", "微博"]),
        (Icon::MessageCircle, &["chat", "message", "sms", "微信", "短信"]),
        (Icon::Store, &["shop", "store", "branch", "desk", "counter", "门店", "柜台", "线下"]),
        (Icon::Handshake, &["partner", "dealer", "经销", "合作"]),
        (Icon::BookOpen, &["catalogue", "catalog", "brochure", "目录"]),
    ];
    let name = name.to_lowercase();
    let fits = |(_, words): &&(Icon, &[&str])| words.iter().any(|word| name.contains(word));
    KNOWN.iter().find(fits).map_or(Icon::Circle, |(icon, _)| *icon)
}
