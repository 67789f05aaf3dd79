package io.qilin.data.quality.table;

import java.util.ArrayList;
import java.util.List;

/** Some keys, few enough for the second nearest cache, wherever they are in segments. */
final class KeyUnit {
  private static final int MOST_BITS = 14;

  /** Every unit but the last has so many keys. */
  static final int MOST = 1 << MOST_BITS;

  /** Keys of a segment that follow each other in one of its chunks. */
  private record Piece(KeySegment segment, long at, int count, int place) {}

  private final List<Piece> pieces = new ArrayList<>();
  private int size;

  private KeyUnit() {}

  /** All keys of some segments. */
  static List<KeyUnit> of(List<KeySegment> segments) {
    List<KeyUnit> units = new ArrayList<>();
    KeyUnit unit = new KeyUnit();
    for (KeySegment segment : segments) {
      for (long at = 0; at < segment.size(); ) {
        if (unit.size == MOST) {
          units.add(unit);
          unit = new KeyUnit();
        }
        int count = Math.min(segment.left(at), MOST - unit.size);
        unit.pieces.add(new Piece(segment, at, count, unit.size));
        unit.size += count;
        at += count;
      }
    }
    if (unit.size > 0) {
      units.add(unit);
    }
    return units;
  }

  /** The number of the unit that has the key of a number. */
  static int unit(int key) {
    return key >>> MOST_BITS;
  }

  int size() {
    return size;
  }

  /** Writes narrow keys, and returns how many they are. */
  int keys(long[] into) {
    for (Piece piece : pieces) {
      int from = KeySegment.inChunk(piece.at());
      System.arraycopy(
          piece.segment().lowChunk(piece.at()), from, into, piece.place(), piece.count());
    }
    return size;
  }

  /** Writes the hash of each key. */
  void hashes(long[] into) {
    for (Piece piece : pieces) {
      int from = KeySegment.inChunk(piece.at());
      long[] lows = piece.segment().lowChunk(piece.at());
      if (piece.segment().isWide()) {
        long[] highs = piece.segment().highChunk(piece.at());
        hash(highs, lows, from, piece.count(), into, piece.place());
      } else {
        hash(lows, from, piece.count(), into, piece.place());
      }
    }
  }

  private static void hash(long[] keys, int from, int count, long[] into, int at) {
    for (int i = 0; i < count; i++) {
      into[at + i] = Hashes.mix(keys[from + i]);
    }
  }

  private static void hash(long[] highs, long[] lows, int from, int count, long[] into, int at) {
    for (int i = 0; i < count; i++) {
      into[at + i] = Hashes.key(highs[from + i], lows[from + i]);
    }
  }

  /** The key at a place. */
  KeyPlace key(int place) {
    int low = 0;
    int high = pieces.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (pieces.get(middle).place() <= place) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    Piece piece = pieces.get(low);
    return new KeyPlace(piece.segment(), piece.at() + (place - piece.place()));
  }
}
