//! Lists, sets and maps in files. A duplicate entry is refused: keeping one would lose the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::leaf::{Leaf, Seed, Unknown};
use super::shape::ExpectedShape;
use crate::store::text::Out;

impl<T: Leaf> Leaf for Vec<T> {
    fn write(&self, out: &mut Out) {
        if T::OWN_LINE {
            out.write_block(self, |out, item| out.write_inline(|out| item.write(out)));
        } else {
            out.write_list(self, |out, item| item.write(out));
        }
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        from.deserialize_seq(ListVisitor(unknown, PhantomData))
    }
}

struct ListVisitor<T>(Unknown, PhantomData<T>);

impl<'de, T: Leaf> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&ExpectedShape::List, f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = from.next_element_seed(Seed::new(self.0))? {
            list.push(item);
        }
        Ok(list)
    }
}

impl<T: Leaf + Ord> Leaf for BTreeSet<T> {
    fn write(&self, out: &mut Out) {
        out.write_list(self, |out, item| item.write(out));
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        from.deserialize_seq(SetVisitor(unknown, PhantomData))
    }
}

struct SetVisitor<T>(Unknown, PhantomData<T>);

impl<'de, T: Leaf + Ord> Visitor<'de> for SetVisitor<T> {
    type Value = BTreeSet<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&ExpectedShape::List, f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<BTreeSet<T>, A::Error> {
        let mut set = BTreeSet::new();
        while let Some(item) = from.next_element_seed(Seed::new(self.0))? {
            if let Some(item) = set.replace(item) {
                return Err(ExpectedShape::Once.refuse_value(written_text(&item)));
            }
        }
        Ok(set)
    }
}

impl<K: Leaf + Ord, V: Leaf> Leaf for BTreeMap<K, V> {
    fn write(&self, out: &mut Out) {
        out.write_map(self, |out, key| key.write(out), |out, value| value.write(out));
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        from.deserialize_map(TableVisitor(unknown, PhantomData))
    }
}

struct TableVisitor<K, V>(Unknown, PhantomData<(K, V)>);

impl<'de, K: Leaf + Ord, V: Leaf> Visitor<'de> for TableVisitor<K, V> {
    type Value = BTreeMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&ExpectedShape::Map, f)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<BTreeMap<K, V>, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(key) = from.next_key_seed(Seed::<K>::new(self.0))? {
            if map.contains_key(&key) {
                return Err(ExpectedShape::Once.refuse_value(written_text(&key)));
            }
            map.insert(key, from.next_value_seed(Seed::new(self.0))?);
        }
        Ok(map)
    }
}

/// Returns a value as written in a file.
fn written_text(value: &impl Leaf) -> String {
    let mut out = Out::default();
    value.write(&mut out);
    String::from_utf8_lossy(&out.finish()).trim().trim_matches('"').to_owned()
}
