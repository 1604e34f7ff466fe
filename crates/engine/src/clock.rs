//! What time it is: one place, since a computer's clock may be set beyond what dates can hold.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::time::SystemTime;

/// The moment by the system's clock; the last one there is where the clock is set beyond it.
pub fn current_time() -> Timestamp {
    to_timestamp(SystemTime::now())
}

/// The day by the system's clock and time zone.
pub fn current_date() -> Date {
    current_time().to_zoned(TimeZone::system()).date()
}

fn to_timestamp(time: SystemTime) -> Timestamp {
    Timestamp::try_from(time).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_clock_beyond_all_dates_gives_the_last_of_them() {
        let at = |seconds| to_timestamp(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(1_000_000_000).as_second(), 1_000_000_000);
        // The last day of the year 9999, and the year 50,000.
        for seconds in [253_402_300_799, 1_515_722_000_000] {
            assert_eq!(at(seconds).to_zoned(TimeZone::UTC).date().year(), 9999);
        }
    }
}
