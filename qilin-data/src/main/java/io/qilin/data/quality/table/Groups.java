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

  private static final int MOST = 10_000_000;

  private final int column;
  private final Map<String, Integer> byName = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private int[] slotKeys = new int[1 << 10];
  private int[] slotGroups = new int[1 << 10];
  private int slotsUsed;
  private List<String> words = List.of();
  private int[] ofWords = new int[0];

  /** The groups of a column, or one group of all rows. */
  Groups(TableSchema schema, Optional<String> by) {
    this.column = by.map(schema::indexOf).orElse(NONE);
    Arrays.fill(slotGroups, NONE);
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
    int last = 0;
    int group = NONE;
    for (int row = 0; row < block.size(); row++) {
      int value = values[row];
      if (value != last || group == NONE) {
        last = value;
        group = number(ints, value);
      }
      into[row] = group;
    }
  }

  /** The group of a whole number, by a hash table with open addressing. */
  private int number(IntColumn ints, int value) {
    int mask = slotKeys.length - 1;
    int slot = value * 0x9e3779b1 >>> 7 & mask;
    while (slotGroups[slot] != NONE && slotKeys[slot] != value) {
      slot = slot + 1 & mask;
    }
    if (slotGroups[slot] == NONE) {
      slotKeys[slot] = value;
      slotGroups[slot] = number(Block.whole(ints.type(), value));
      int group = slotGroups[slot];
      if (++slotsUsed * 4 > slotKeys.length) {
        widen();
      }
      return group;
    }
    return slotGroups[slot];
  }

  private void widen() {
    int[] keys = slotKeys;
    int[] groups = slotGroups;
    slotKeys = new int[2 * keys.length];
    slotGroups = new int[2 * keys.length];
    Arrays.fill(slotGroups, NONE);
    int mask = slotKeys.length - 1;
    for (int i = 0; i < keys.length; i++) {
      if (groups[i] != NONE) {
        int slot = keys[i] * 0x9e3779b1 >>> 7 & mask;
        while (slotGroups[slot] != NONE) {
          slot = slot + 1 & mask;
        }
        slotKeys[slot] = keys[i];
        slotGroups[slot] = groups[i];
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
