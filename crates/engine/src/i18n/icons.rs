//! Names of the icons that a user may choose for a channel.

use super::Lang;
use crate::theme::Icon;

macro_rules! labels {
    ($($icon:ident => $en:literal / $zh:literal;)*) => {
        /// Returns the name of an icon; icons of the interface, which can't be chosen, go by their plain
        /// name.
        pub const fn icon_label(icon: Icon, lang: Lang) -> &'static str {
            match (icon, lang) {
                $((Icon::$icon, Lang::En) => $en, (Icon::$icon, Lang::ZhCn) => $zh,)*
                _ => icon.name(),
            }
        }
    };
}

labels! {
    Globe => "Web" / "网站";
    Monitor => "Computer" / "电脑";
    Smartphone => "App" / "手机应用";
    Tablet => "Tablet" / "平板";
    Store => "Shop" / "门店";
    ShoppingBag => "Shopping bag" / "购物袋";
    ShoppingCart => "Online shop" / "网店";
    Phone => "Phone" / "电话";
    Headset => "Call centre" / "呼叫中心";
    Mail => "Mail" / "邮件";
    Mailbox => "Letter" / "信函";
    Share => "Social media" / "社交媒体";
    Megaphone => "Advertising" / "广告";
    MessageCircle => "Chat" / "在线聊天";
    Bot => "Chatbot" / "智能客服";
    Handshake => "Partner" / "合作伙伴";
    Building => "Office" / "办公楼";
    Landmark => "Authority or bank" / "机构或银行";
    Plane => "Plane" / "飞机";
    Train => "Train" / "火车";
    Car => "Car" / "汽车";
    Bus => "Bus" / "公交车";
    Bike => "Bicycle" / "自行车";
    Ship => "Ship" / "船";
    Truck => "Delivery van" / "配送车";
    BookOpen => "Catalogue" / "目录册";
    Newspaper => "Press" / "报刊";
    Tv => "Television" / "电视";
    Video => "Video call" / "视频通话";
    User => "Person" / "个人";
    Users => "Group" / "群体";
    ConciergeBell => "Service desk" / "服务台";
    Armchair => "Seat or lounge" / "座位或休息室";
    Luggage => "Luggage" / "行李";
    Package => "Parcel" / "包裹";
    Gift => "Gift" / "礼品";
    CreditCard => "Payment" / "支付";
    Ticket => "Ticket" / "票券";
    QrCode => "QR code" / "二维码";
    MapPin => "Place" / "地点";
    Bed => "Room" / "客房";
    Utensils => "Meal" / "餐饮";
    Stethoscope => "Health care" / "医疗";
    GraduationCap => "Education" / "教育";
    Wifi => "Wi-Fi" / "无线网络";
    Key => "Key or access" / "钥匙或门禁";
    Circle => "Other" / "其他";
}
