package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All keys of a table, so that those that come twice can be counted exactly. Keys are only written down while rows come;
 * {@link #count} looks for repetitions: between neighbours only where the keys rise, else in hash tables over parts of the
 * keys that fit the cache. Beyond the memory that it may take the keys
 * go to files, one for each part. Two logs merge by keeping both. Used by one thread at a time.
 */
final class KeyLog implements AutoCloseable {
  private static final long MOST = 1L << 40;

  private final KeyShape shape;
  private final TextIds ids;
  private final JudgeOptions options;
  private final boolean wide;
  private final List<KeySegment> segments = new ArrayList<>();
  private final List<String> parts = new ArrayList<>();
  private final Map<String, Integer> partNumbers = new TreeMap<>();
  private KeySegment current;
  private long limit;
  private @org.jspecify.annotations.Nullable KeySpill spill;

  KeyLog(KeyShape shape, TextIds ids, JudgeOptions options) {
    this.shape = shape;
    this.ids = ids;
    this.options = options;
    this.wide = shape.kind() != KeyShape.Kind.NARROW;
    this.current = new KeySegment(wide);
    this.limit = options.keyBytes();
    segments.add(current);
  }

  KeyShape shape() {
    return shape;
  }

  TextIds ids() {
    return ids;
  }

  boolean hasSpilled() {
    return spill != null;
  }

  long size() {
    long size = spill == null ? 0 : spill.size();
    for (KeySegment segment : segments) {
      size += segment.size();
    }
    return size;
  }

  /** Adds the keys that were read of a block. */
  void add(KeyReader keys, int count, Block block) {
    if (count == 0) {
      return;
    }
    int part = part(block.part());
    if (keys.isComplete() && block.isWhole()) {
      current.at(part, block.row(0));
      current.add(keys.high, keys.low, 0, count);
    } else {
      addPieces(keys, count, block, part);
    }
    if (current.bytes() > limit) {
      spill();
    }
  }

  /** Adds keys whose rows do not all follow each other. */
  private void addPieces(KeyReader keys, int count, Block block, int part) {
    boolean complete = keys.isComplete();
    int from = 0;
    for (int i = 1; i <= count; i++) {
      boolean follows = i < count
          && block.at(complete ? i : keys.rows[i])
              == block.at(complete ? i - 1 : keys.rows[i - 1]) + 1;
      if (!follows) {
        current.at(part, block.row(complete ? from : keys.rows[from]));
        current.add(keys.high, keys.low, from, i - from);
        from = i;
      }
    }
  }

  private int part(String name) {
    if (!parts.isEmpty() && parts.get(parts.size() - 1).equals(name)) {
      return parts.size() - 1;
    }
    return partNumbers.computeIfAbsent(name, unknown -> {
      parts.add(name);
      return parts.size() - 1;
    });
  }

  private void spill() {
    if (options.spillFolder().isEmpty()) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the keys of a table take more than " + options.keyBytes()
              + " bytes; give more memory by JudgeOptions.keyBytes, a folder for files by"
              + " spillFolder, or judge by a sketch by sketchKeys");
    }
    if (spill == null) {
      spill = new KeySpill(options.spillFolder().get(), wide, options);
    }
    for (KeySegment segment : segments) {
      spill.add(segment, number -> number);
    }
    segments.clear();
    current = new KeySegment(wide);
    segments.add(current);
    limit = options.keyBytes();
  }

  /** Takes over the keys of another log, which is not to be used any more. */
  void merge(KeyLog other) {
    if (other.spill != null) {
      if (spill == null) {
        spill = new KeySpill(options.spillFolder().orElseThrow(), wide, options);
      }
      other.eachSpilled(this::adopt);
    }
    for (KeySegment segment : other.segments) {
      adopt(other, segment);
    }
    other.segments.clear();
    other.close();
    long bytes = segments.stream().mapToLong(KeySegment::bytes).sum();
    if (bytes > options.keyBytes()) {
      spill();
    }
    limit = Math.max(
        1, options.keyBytes() - segments.stream().mapToLong(KeySegment::bytes).sum());
  }

  private void adopt(KeyLog other, KeySegment segment) {
    int[] map = new int[other.parts.size()];
    for (int i = 0; i < map.length; i++) {
      map[i] = part(other.parts.get(i));
    }
    if (segment.size() > 0) {
      segments.add(segments.size() - 1, translated(other, segment, map));
    }
  }

  /** The segment with this log's numbers of parts and texts. */
  private KeySegment translated(KeyLog other, KeySegment segment, int[] map) {
    boolean sameParts = true;
    for (int i = 0; i < map.length; i++) {
      sameParts &= map[i] == i;
    }
    boolean renumbered =
        other.ids != ids && shape.hasText() && shape.kind() != KeyShape.Kind.HASHED;
    if (sameParts && !renumbered) {
      return segment;
    }
    KeyRenumbering numbers =
        new KeyRenumbering(shape, renumbered ? ids.of(other.ids.words()) : new int[0]);
    return numbers.copy(segment, map);
  }

  private void eachSpilled(java.util.function.BiConsumer<KeyLog, KeySegment> action) {
    if (spill != null) {
      for (int file = 0; file < KeySpill.FILES; file++) {
        action.accept(this, spill.read(file));
      }
    }
  }

  /** Counts the different keys and finds where keys come again. */
  KeyCount count(Crew crew) {
    if (spill == null) {
      return new KeyCounter(segments, parts, crew).count();
    }
    for (KeySegment segment : segments) {
      spill.add(segment, number -> number);
    }
    segments.clear();
    current = new KeySegment(wide);
    segments.add(current);
    KeyCount total = KeyCount.none();
    for (int file = 0; file < KeySpill.FILES; file++) {
      total = total.and(new KeyCounter(List.of(spill.read(file)), parts, crew).count());
    }
    return total.by("exact, by files");
  }

  /** Writes the keys in their order, without rows, and the texts that they have. */
  void write(DataOutput out) throws IOException {
    if (spill != null) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a state whose keys are in files cannot be stored; give more memory by"
              + " JudgeOptions.keyBytes or judge by a sketch");
    }
    boolean named = shape.hasText() && shape.kind() != KeyShape.Kind.HASHED;
    List<String> words = named ? ids.words() : List.of();
    BitSet used = new KeyRenumbering(shape, new int[words.size()]).texts(segments);
    String[] sorted = used.stream().mapToObj(words::get).toArray(String[]::new);
    Arrays.sort(sorted);
    int[] places = new int[words.size()];
    used.stream().forEach(id -> places[id] = Arrays.binarySearch(sorted, words.get(id)));
    Stored.number(out, sorted.length);
    for (String word : sorted) {
      Stored.text(out, word);
    }
    KeyRenumbering numbers = new KeyRenumbering(shape, places);
    List<KeySegment> renumbered = new ArrayList<>();
    for (KeySegment segment : segments) {
      renumbered.add(named ? numbers.copy(segment, new int[parts.size()]) : segment);
    }
    SortedKeys.write(out, renumbered, wide);
  }

  /** Reads what {@link #write} wrote. */
  void read(DataInput in) throws IOException {
    long count = Stored.number(in);
    if (count < 0 || count > MOST) {
      throw Stored.broken("a list of " + count + " texts");
    }
    List<String> words = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      words.add(Stored.text(in));
    }
    int[] numbers = ids.of(words);
    KeySegment segment = SortedKeys.read(in, wide, options.keyBytes());
    int part = part("");
    KeyRenumbering renumbering = new KeyRenumbering(shape, numbers);
    if (shape.hasText() && shape.kind() != KeyShape.Kind.HASHED) {
      renumbering.requireKnown(segment);
      segment = renumbering.copy(segment, new int[] {part});
    }
    segments.add(segments.size() - 1, segment);
  }

  @Override
  public void close() {
    if (spill != null) {
      spill.close();
      spill = null;
    }
  }
}
