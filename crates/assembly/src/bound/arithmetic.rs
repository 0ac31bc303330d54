//! Prices and coefficients in whole numbers: rounded so that a bound stays one.

/// Row coefficients are kept in 2^-SHIFT of a typical unit.
pub(super) const SHIFT: u32 = 14;
/// Largest price; keeps products inside 64 bits.
pub(super) const PRICE_LIMIT: i64 = 1 << 36;
/// Largest scaled coefficient.
pub(super) const COEFFICIENT_LIMIT: i64 = 1 << 24;

/// A coefficient in parts of its unit, rounded down.
pub(super) fn scale(value: i64, unit: i64) -> i64 {
    let scaled = (i128::from(value) << SHIFT).div_euclid(i128::from(unit));
    i64::try_from(scaled).unwrap_or(if scaled > 0 { i64::MAX } else { i64::MIN })
}

/// What a price makes of a scaled coefficient.
pub(super) fn charge(price: i64, coefficient: i64) -> i64 {
    (price * coefficient) >> SHIFT
}

/// What a price gives back for the room that is left, rounded up.
pub(super) fn rebate(price: i64, rest: i64) -> i128 {
    let product = i128::from(price) * i128::from(rest);
    -((-product) >> SHIFT)
}

/// Cut to 64 bits, with room to add a few.
pub(super) fn narrow(value: i128) -> i64 {
    const ROOM: i64 = i64::MAX / 8;
    i64::try_from(value).unwrap_or(if value > 0 { ROOM } else { -ROOM }).clamp(-ROOM, ROOM)
}
