//! Messages: findings of a project's check.

macro_rules! problems {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            ProblemMissingReference => "{field} refers to {found}, which is not in the project" / "“{field}”指向 {found}，但项目中没有它";
            ProblemForeignJourney => "{field} refers to {found}, which belongs to another journey" / "“{field}”指向 {found}，但它属于另一个旅程";
            ProblemFlowEnds => "A flow joins two touchpoints or two stages; {found} is neither" / "流转连接两个接触点或两个阶段；{found} 两者都不是";
            ProblemLinkEnds => "The link can’t be about {found}" / "不能关联到 {found}";
            ProblemOutOfRange => "{field} is {found}, outside its range" / "“{field}”为 {found}，超出允许范围";
            ProblemNoTitle => "It has no name" / "没有名称";
            ProblemUnplaced => "“{found}” is about nothing yet, so the map does not show it; link it to a touchpoint or stage" / "“{found}”没有关联对象，旅程图上不会显示；请关联到接触点或阶段";
            ProblemWrongLane => "The card is in a lane for other content; move it to a touchpoint lane" / "卡片所在的泳道用于其他内容；请移到接触点泳道";
            ProblemNoCardLane => "The journey has touchpoints but no lane that shows them; add a touchpoint lane" / "旅程有接触点，却没有显示它们的泳道；请添加接触点泳道";
            ProblemShares => "The shares of the flows that leave it add up to {found}, more than 100 %; lower one of them" / "离开它的流转占比合计为 {found}，超过 100%；请调低其中一项";
            SharesTooHigh => "The shares of the flows that leave “{name}” add up to {found}, more than 100 %; lower one of them" / "离开“{name}”的流转占比合计为 {found}，超过 100%；请调低其中一项";
            ProblemNoSeverity => "The pain has no severity" / "痛点没有严重程度";
            ApplyExists => "{id} is there already" / "{id} 已存在";
            ApplyNoJourney => "{id} belongs to {journey}, which is not in the project" / "{id} 属于 {journey}，但项目中没有它";
            ApplyMissing => "{id} is not in the project" / "项目中没有 {id}";
            ApplyHeld => "{id} still holds other records" / "{id} 中仍有其他内容";
            ApplyStale => "{id} is not as the change expects it: {field} differs" / "{id} 与更改所预期的不同：“{field}”不一致";
            ApplyChanged => "{id} is not as the change expects it: the record differs" / "{id} 与更改所预期的不同";
            ApplyUnfit => "{field} of {id} does not take this value" / "{id} 的“{field}”不接受此值";
            CheckFine => "No problems found" / "没有待解决问题";
        }
    };
}
