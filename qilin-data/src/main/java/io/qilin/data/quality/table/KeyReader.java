package io.qilin.data.quality.table;

import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TextColumn;
import java.util.List;

/** Reads the keys of the rows of a block. Used by one thread. */
final class KeyReader {
  private static final long LOW_HALF = 0xffff_ffffL;

  private final KeyShape shape;
  private final TextIds ids;
  private final List<String>[] words;
  private final long[][] wordCodes;
  private final long[] codes = new long[Block.ROWS];
  private final boolean[] missing = new boolean[Block.ROWS];
  private boolean anyMissing;

  /** The high halves of the keys; all zero where keys are narrow. */
  final long[] high = new long[Block.ROWS];

  /** The low halves of the keys. */
  final long[] low = new long[Block.ROWS];

  /** The places in the block that the keys are of. */
  final int[] rows = new int[Block.ROWS];

  @SuppressWarnings({"unchecked", "rawtypes"})
  KeyReader(KeyShape shape, TextIds ids) {
    this.shape = shape;
    this.ids = ids;
    this.words = new List[shape.parts()];
    this.wordCodes = new long[shape.parts()][];
  }

  /** Reads the keys that are known whole, and returns how many they are. */
  int read(Block block) {
    int size = block.size();
    anyMissing = false;
    if (isTwoInts(block)) {
      readTwoInts(block, size);
    } else {
      java.util.Arrays.fill(high, 0, size, 0);
      java.util.Arrays.fill(low, 0, size, 0);
      for (int part = 0; part < shape.parts(); part++) {
        load(part, block, size);
        put(part, size);
      }
    }
    return anyMissing ? squeeze(size) : size;
  }

  /** Whether the last keys are those of all rows of the block. */
  boolean isComplete() {
    return !anyMissing;
  }

  private boolean isTwoInts(Block block) {
    return shape.parts() == 2
        && block.column(shape.column(0)) instanceof IntColumn first
        && block.column(shape.column(1)) instanceof IntColumn second
        && first.missing() + second.missing() == 0;
  }

  private void readTwoInts(Block block, int size) {
    pack(block.ints(shape.column(0)), block.ints(shape.column(1)), size, low);
  }

  private static void pack(int[] first, int[] second, int size, long[] into) {
    for (int i = 0; i < size; i++) {
      into[i] = ((long) first[i] << 32) | ((second[i] ^ Integer.MIN_VALUE) & LOW_HALF);
    }
  }

  private int squeeze(int size) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      high[count] = high[i];
      low[count] = low[i];
      rows[count] = i;
      count += missing[i] ? 0 : 1;
    }
    return count;
  }

  private void load(int part, Block block, int size) {
    Column column = block.column(shape.column(part));
    if (column.missing() > 0) {
      if (!anyMissing) {
        java.util.Arrays.fill(missing, 0, size, false);
      }
      anyMissing = true;
      for (int i = 0; i < size; i++) {
        missing[i] |= !column.isKnown(block.at(i));
      }
    }
    if (column instanceof IntColumn) {
      int[] ints = block.ints(shape.column(part));
      for (int i = 0; i < size; i++) {
        codes[i] = ints[i];
      }
    } else if (column instanceof LongColumn longs) {
      for (int i = 0; i < size; i++) {
        codes[i] = longs.value(block.at(i));
      }
    } else if (column instanceof DoubleColumn doubles) {
      for (int i = 0; i < size; i++) {
        double value = doubles.value(block.at(i));
        codes[i] = value == 0 ? 0 : Double.doubleToLongBits(value);
      }
    } else if (column instanceof TextColumn texts) {
      long[] numbers = numbers(part, texts);
      for (int i = 0; i < size; i++) {
        int code = texts.code(block.at(i));
        codes[i] = code == TextColumn.UNKNOWN ? 0 : numbers[code];
      }
    } else {
      BooleanColumn booleans = (BooleanColumn) column;
      for (int i = 0; i < size; i++) {
        codes[i] = booleans.value(block.at(i)) ? 1 : 0;
      }
    }
  }

  private long[] numbers(int part, TextColumn texts) {
    if (words[part] != texts.words()) {
      words[part] = texts.words();
      List<String> list = texts.words();
      long[] numbers = new long[list.size()];
      int[] known = shape.kind() == KeyShape.Kind.HASHED ? new int[0] : ids.of(list);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = known.length == 0 ? Hashes.text(list.get(i)) : known[i];
      }
      wordCodes[part] = numbers;
    }
    return wordCodes[part];
  }

  /** Puts the codes of a part where they belong. */
  private void put(int part, int size) {
    if (shape.kind() == KeyShape.Kind.HASHED) {
      for (int i = 0; i < size; i++) {
        high[i] = Hashes.mix(high[i] + 0x9e3779b97f4a7c15L ^ codes[i]);
        low[i] = Hashes.mix(low[i] ^ Hashes.mix(codes[i] + 0x632be59bd9b4e019L));
      }
      return;
    }
    int shift = shape.shift(part);
    if (KeyShape.bits(shape.type(part)) == 64) {
      putLong(shift, size);
    } else {
      putHalf(shift, size);
    }
  }

  private void putLong(int shift, int size) {
    for (int i = 0; i < size; i++) {
      if (shift == 0) {
        low[i] = codes[i];
      } else if (shift == 64) {
        high[i] = codes[i];
      } else {
        high[i] |= codes[i] >>> 32;
        low[i] |= codes[i] << 32;
      }
    }
  }

  private void putHalf(int shift, int size) {
    boolean top = shift == 32 || shift == 96;
    long flip = top ? 0 : Integer.MIN_VALUE;
    long[] target = shift >= 64 ? high : low;
    int left = shift & 63;
    for (int i = 0; i < size; i++) {
      target[i] |= ((codes[i] ^ flip) & LOW_HALF) << left;
    }
  }
}
