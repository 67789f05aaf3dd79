package io.qilin.data.quality.table;

import io.qilin.data.table.Column;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers the values of a column as they come, so that something can be kept for each. Used by one thread. */
final class Groups {
  /** The number of a row whose value is not known. */
  static final int NONE = -1;

  private static final int MOST = 2_000_000;

  private final int column;
  private final Map<String, Integer> byName = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /** A whole number in the upper half, its group and 1 in the lower; 0 where a slot is free. */
  private long[] slots = new long[1 << 10];

  private int slotsUsed;
  private List<String> words = List.of();
  private int[] ofWords = new int[0];

  /** The groups of a column, or one group of all rows. */
  Groups(TableSchema schema, Optional<String> by) {
    this.column = by.map(schema::indexOf).orElse(NONE);
    if (by.isEmpty()) {
      number("");
    }
  }

  int size() {
    return names.size();
  }

  String name(int group) {
    return names.get(group);
  }

  int number(String name) {
    Integer known = byName.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() >= MOST) {
      throw new io.qilin.api.error.QilinException(
          io.qilin.api.error.ErrorCode.LIMIT_EXCEEDED,
          "a rule keeps something for each of at most " + MOST + " keys, there are more");
    }
    byName.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  /** Writes the group of each row of a block. */
  void read(Block block, int[] into) {
    if (column == NONE) {
      Arrays.fill(into, 0, block.size(), 0);
      return;
    }
    Column cells = block.column(column);
    if (cells instanceof TextColumn texts) {
      read(texts, block, into);
    } else if (cells instanceof IntColumn ints && ints.missing() == 0) {
      read(ints, block, into);
    } else {
      for (int row = 0; row < block.size(); row++) {
        into[row] = block.isKnown(column, row) ? number(Block.cell(cells, block.at(row))) : NONE;
      }
    }
  }

  private void read(TextColumn texts, Block block, int[] into) {
    if (texts.words() != words) {
      words = texts.words();
      ofWords = new int[words.size()];
      Arrays.fill(ofWords, NONE);
    }
    for (int row = 0; row < block.size(); row++) {
      int code = texts.code(block.at(row));
      if (code != TextColumn.UNKNOWN && ofWords[code] == NONE) {
        ofWords[code] = number(words.get(code));
      }
      into[row] = code == TextColumn.UNKNOWN ? NONE : ofWords[code];
    }
  }

  private void read(IntColumn ints, Block block, int[] into) {
    int[] values = block.ints(column);
    int size = block.size();
    long[] table = slots;
    int last = 0;
    int group = NONE;
    for (int row = 0; row < size; row++) {
      int value = values[row];
      if (value != last || group == NONE) {
        long entry = table[slot(value) & (table.length - 1)];
        if (entry != 0 && (int) (entry >>> 32) == value) {
          group = (int) entry - 1;
        } else {
          group = number(ints, value);
          table = slots;
        }
        last = value;
      }
      into[row] = group;
    }
  }

  /** The group of a whole number, by a hash table with open addressing. */
  private int number(IntColumn ints, int value) {
    int mask = slots.length - 1;
    int slot = slot(value) & mask;
    while (slots[slot] != 0) {
      if ((int) (slots[slot] >>> 32) == value) {
        return (int) slots[slot] - 1;
      }
      slot = slot + 1 & mask;
    }
    return learn(ints, value, slot);
  }

  private static int slot(int value) {
    int mixed = value * 0x9e3779b1;
    return mixed ^ mixed >>> 15;
  }

  private int learn(IntColumn ints, int value, int slot) {
    int group = number(Block.whole(ints.type(), value));
    slots[slot] = (long) value << 32 | group + 1;
    if (++slotsUsed * 2 > slots.length) {
      widen();
    }
    return group;
  }

  private void widen() {
    long[] old = slots;
    slots = new long[2 * old.length];
    int mask = slots.length - 1;
    for (long entry : old) {
      if (entry != 0) {
        int slot = slot((int) (entry >>> 32)) & mask;
        while (slots[slot] != 0) {
          slot = slot + 1 & mask;
        }
        slots[slot] = entry;
      }
    }
  }

  /** This object's numbers of another's groups. */
  int[] adopt(Groups other) {
    int[] numbers = new int[other.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(other.name(i));
    }
    return numbers;
  }

  /** The groups in the order of their names, so that it does not matter in which order they came. */
  int[] sorted() {
    return java.util.stream.IntStream.range(0, size())
        .boxed()
        .sorted(java.util.Comparator.comparing(names::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static void writeName(DataOutput out, Groups groups, int group) throws IOException {
    Stored.text(out, groups.name(group));
  }

  static int readName(DataInput in, Groups groups) throws IOException {
    return groups.number(Stored.text(in));
  }
}
