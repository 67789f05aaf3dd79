package io.qilin.data.qlib;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.internal.AtomicFile;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.TextLines;
import io.qilin.data.internal.bars.MarketLists;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a store was before an append: the file {@code qilin.append}, there as long as the append has not come to its end.
 * It is written, whole or not at all, before anything else is changed, and removed last, so that its removal is the moment
 * at which the new days are there.
 *
 * @param days length of the calendar
 * @param list lines of the list {@code all}
 * @param sizes bytes of the files that change, by instrument and field; 0 for files that are new
 */
record AppendJournal(int days, List<String> list, Map<Symbol, SortedMap<Field, Long>> sizes) {
  static final String FILE = "qilin.append";
  private static final String DAYS = "days=";
  private static final String LIST = "list=";
  private static final String SIZES = "sizes=";
  private static final int MOST_BYTES = 60 << 20;

  AppendJournal {
    list = List.copyOf(list);
    Map<Symbol, SortedMap<Field, Long>> copy = new LinkedHashMap<>();
    sizes.forEach((symbol, fields) -> copy.put(symbol, new TreeMap<>(fields)));
    sizes = Collections.unmodifiableMap(copy);
  }

  /** The journal of a store, if there is one. */
  static Optional<AppendJournal> read(Path root) {
    Path file = root.resolve(FILE);
    StorePlaces.refuseLink(root, file);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Place place = StorePlaces.of(root, file);
    int days = -1;
    List<String> list = new ArrayList<>();
    Map<Symbol, SortedMap<Field, Long>> sizes = new LinkedHashMap<>();
    int number = 0;
    for (String line : TextLines.readNoLink(file, place)) {
      Place at = place.line(++number);
      if (line.startsWith(DAYS)) {
        days = (int) Math.min(number(line.substring(DAYS.length()), at), Integer.MAX_VALUE);
      } else if (line.startsWith(LIST)) {
        list.add(line.substring(LIST.length()));
      } else if (line.startsWith(SIZES)) {
        sizes(line.substring(SIZES.length()), sizes, at);
      } else {
        throw unknown(line, at, null);
      }
    }
    if (days < 1) {
      throw place.malformed("it does not say how many days the store had; write the store again");
    }
    return Optional.of(new AppendJournal(days, list, sizes));
  }

  private static void sizes(String text, Map<Symbol, SortedMap<Field, Long>> sizes, Place place) {
    String[] parts = text.split("\t", -1);
    SortedMap<Field, Long> fields = new TreeMap<>();
    for (int i = 1; i < parts.length; i++) {
      int split = Math.max(parts[i].indexOf('='), 0);
      long size = number(parts[i].substring(Math.min(split + 1, parts[i].length())), place);
      try {
        fields.put(Field.of(parts[i].substring(0, split)), size);
      } catch (QilinException e) {
        throw unknown(text, place, e);
      }
    }
    try {
      sizes.put(Symbol.parseAny(parts[0]), fields);
    } catch (QilinException e) {
      throw unknown(text, place, e);
    }
  }

  private static QilinException unknown(String line, Place place, @Nullable QilinException cause) {
    return place.error(
        ErrorCode.DATA_FORMAT,
        "the line is not one of an append: " + QilinException.quote(line)
            + "; write the store again",
        cause);
  }

  private static long number(String text, Place place) {
    if (!text.matches("[0-9]{1,18}")) {
      throw place.malformed(QilinException.quote(text) + " is no number; write the store again");
    }
    return Long.parseLong(text);
  }

  /** Puts the journal into the store. */
  void write(Path root) {
    StringBuilder text = new StringBuilder(DAYS).append(days).append('\n');
    list.forEach(line -> text.append(LIST).append(line).append('\n'));
    sizes.forEach((symbol, fields) -> {
      text.append(SIZES).append(symbol.qlib());
      fields.forEach((field, size) ->
          text.append('\t').append(field.name()).append('=').append(size.longValue()));
      text.append('\n');
    });
    if (text.length() > MOST_BYTES) {
      throw Place.of(root)
          .tooLarge("too many files would change at once; append to fewer instruments");
    }
    StoreText.write(root.resolve(FILE), text.toString());
  }

  /** The days of the old store. */
  List<LocalDate> calendar(List<LocalDate> now, Path root) {
    if (days > now.size()) {
      throw StorePlaces.of(root, root.resolve(FILE))
          .malformed("the store had " + days + " days, now the calendar has " + now.size()
              + "; write the store again");
    }
    return List.copyOf(now.subList(0, days));
  }

  /** The instruments of the old store. */
  Map<Symbol, List<InstrumentSpan>> instruments(Path root) {
    return MarketLists.spans(list, StorePlaces.of(root, root.resolve(FILE)));
  }

  /** The fields of which an instrument has a file only since the append began. */
  Set<Field> begun(Symbol symbol) {
    return sizes.getOrDefault(symbol, new TreeMap<>()).entrySet().stream()
        .filter(entry -> entry.getValue() == 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** How many bytes a file had, if it changes. */
  OptionalLong bytes(Symbol symbol, Field field) {
    Long size = sizes.getOrDefault(symbol, new TreeMap<>()).get(field);
    return size == null ? OptionalLong.empty() : OptionalLong.of(size);
  }

  /**
   * Makes a store what it was before the append, and removes the journal. Safe to be interrupted and done again.
   *
   * @throws QilinException DATA_FORMAT if a file is shorter than it was; IO
   */
  void undo(Path root, QlibLimits limits) {
    SortedMap<String, Path> folders = InstrumentFiles.folders(root, limits);
    List<String> calendar = StoreText.lines(root, "calendars/day.txt");
    if (calendar.size() < days) {
      throw StorePlaces.of(root, root.resolve(FILE))
          .malformed("the calendar is shorter than it was; write the store again");
    }
    try {
      for (Map.Entry<Symbol, SortedMap<Field, Long>> entry : sizes.entrySet()) {
        Path folder = folders.get(FolderNames.of(entry.getKey()));
        if (folder != null) {
          undo(root, folder, entry.getValue(), limits);
        }
      }
    } catch (IOException e) {
      throw Place.of(root).error(ErrorCode.IO, "an interrupted append cannot be undone", e);
    }
    StoreText.write(root.resolve("instruments/all.txt"), list);
    StoreText.write(root.resolve("calendars/day.txt"), calendar.subList(0, days));
    AtomicFile.delete(root.resolve(FILE));
  }

  private static void undo(Path root, Path folder, SortedMap<Field, Long> sizes, QlibLimits limits)
      throws IOException {
    SortedMap<Field, Path> files = InstrumentFiles.fields(root, folder, limits);
    for (Map.Entry<Field, Long> entry : sizes.entrySet()) {
      Path file = files.get(entry.getKey());
      if (file == null) {
        continue;
      }
      StorePlaces.refuseLink(root, file);
      if (entry.getValue() == 0) {
        Files.delete(file);
        continue;
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        if (channel.size() < entry.getValue()) {
          throw StorePlaces.of(root, file)
              .malformed("the file is shorter than before the append; write the store again");
        }
        channel.truncate(entry.getValue());
        channel.force(true);
      }
    }
    boolean isNew = sizes.values().stream().allMatch(size -> size == 0);
    if (isNew && InstrumentFiles.isEmpty(folder)) {
      Files.delete(folder);
    }
  }
}
