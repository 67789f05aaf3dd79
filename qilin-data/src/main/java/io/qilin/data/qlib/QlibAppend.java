package io.qilin.data.qlib;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.internal.AtomicFile;
import io.qilin.data.internal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One append to a store. First everything is checked, then the journal is written, then the store is changed. */
final class QlibAppend {
  private final Path root;
  private final Optional<QlibVolume> told;
  private final Panel panel;
  private final List<Growth> growths = new ArrayList<>();

  QlibAppend(Path root, Optional<QlibVolume> told, Panel panel) {
    this.root = root;
    this.told = told;
    this.panel = panel;
  }

  /**
   * A file that grows.
   *
   * @param field place of the field among the stored ones
   * @param bytes size before, 0 for a new file
   * @param from place in the calendar of the first value that is written
   */
  private record Growth(
      Symbol symbol, int instrument, int field, Path file, long bytes, int from) {}

  @SuppressWarnings("try") // The lock is held, not used.
  QlibAppended run() {
    Place place = Place.of(root);
    if (Files.isSymbolicLink(root) || !QlibStore.isStore(root)) {
      throw place.error(
          ErrorCode.DATA_NOT_FOUND, "there is no Qlib store to append to; write one first");
    }
    try (StoreLock lock = StoreLock.of(root)) {
      Optional<AppendJournal> interrupted = AppendJournal.read(root);
      interrupted.ifPresent(journal -> journal.undo(root, QlibLimits.DEFAULT));
      return append(QlibStore.open(root), interrupted.isPresent());
    }
  }

  private QlibAppended append(QlibStore store, boolean mended) {
    QlibVolume volume = volume(store);
    int firstNew = firstNew(store);
    requireAdjustment(store, firstNew);
    requireFields(store);
    Map<Symbol, String> folders = QlibStoreWriter.folders(panel);
    StoredValues compared = new StoredValues(panel, volume);
    StoredValues added = new StoredValues(panel, volume);
    for (int i = 0; i < panel.symbols().size(); i++) {
      requireEqual(store, compared, i, firstNew);
      if (panel.endRow(i) > firstNew) {
        String folder = Objects.requireNonNull(folders.get(panel.symbols().get(i)), "folder");
        plan(store, folder, added, i, firstNew);
      }
    }
    int fresh = panel.days().size() - firstNew;
    if (fresh == 0) {
      return new QlibAppended(0, 0, 0, 0, 0, mended);
    }
    long listed = growths.stream()
        .map(Growth::symbol)
        .distinct()
        .filter(symbol -> !store.instruments().containsKey(symbol))
        .count();
    long instruments = growths.stream().map(Growth::symbol).distinct().count();
    change(store, new StoredValues(panel, volume), firstNew);
    return new QlibAppended(
        fresh, (int) instruments, (int) listed, added.values(), added.rounded(), mended);
  }

  private QilinException conflict(String what) {
    return Place.of(root).error(ErrorCode.DATA_CONFLICT, what);
  }

  private QlibVolume volume(QlibStore store) {
    Optional<QlibVolume> noted = StoreNote.read(root).volume();
    if (noted.isPresent() && told.isPresent() && !noted.equals(told)) {
      throw conflict("the store counts volume as " + noted.get() + ", the append as " + told.get());
    }
    return told.orElse(store.volume());
  }

  /** The place of the panel's first day that is new. */
  private int firstNew(QlibStore store) {
    LocalDate last = store.calendar().get(store.calendar().size() - 1);
    int firstNew = 0;
    for (LocalDate day : panel.days()) {
      if (day.isAfter(last)) {
        break;
      }
      if (Collections.binarySearch(store.calendar(), day) < 0) {
        throw QilinException.invalid(
            Place.of(root) + ": " + day + " is no day of the store, and not" + " after its last, "
                + last + "; only new days are appended, so write the store again");
      }
      firstNew++;
    }
    return firstNew;
  }

  private void requireAdjustment(QlibStore store, int firstNew) {
    Adjustment own = store.adjustment().orElseGet(() -> FactorEnds.adjustment(store));
    if (own != panel.adjustment()) {
      throw conflict("the store's prices are " + own + ", the panel's " + panel.adjustment());
    }
    if (own == Adjustment.FORWARD && firstNew == 0) {
      throw conflict(
          "its prices are FORWARD adjusted and change at each ex-date; append a panel that"
              + " holds the store's last day too, so that a change is seen, or use BACKWARD prices");
    }
  }

  private void requireFields(QlibStore store) {
    SortedSet<Field> own = new TreeSet<>();
    store
        .instruments()
        .keySet()
        .forEach(symbol -> own.addAll(store.files(symbol).keySet()));
    if (!own.equals(panel.fields())) {
      SortedSet<Field> lacking = new TreeSet<>(own);
      lacking.removeAll(panel.fields());
      SortedSet<Field> more = new TreeSet<>(panel.fields());
      more.removeAll(own);
      throw conflict("the panel lacks the store's fields " + lacking + " and has others " + more
          + "; append the same fields");
    }
  }

  /** Refuses a value of a day that the store has unless it is the store's. */
  private void requireEqual(QlibStore store, StoredValues values, int instrument, int firstNew) {
    int from = panel.firstRow(instrument);
    int to = Math.min(panel.endRow(instrument), firstNew);
    if (from >= to) {
      return;
    }
    Symbol symbol = panel.symbols().get(instrument);
    SortedMap<Field, Path> files = store.files(symbol);
    for (int f = 0; f < values.fields().size(); f++) {
      Path file = files.get(values.fields().get(f));
      if (file == null) {
        requireNothing(values, f, instrument, from, to);
      } else {
        try (BinFile bin = store.bin(symbol, values.fields().get(f), file)) {
          requireEqual(store, bin, values, f, instrument, from, to);
        }
      }
    }
  }

  private void requireNothing(StoredValues values, int f, int instrument, int from, int to) {
    for (int day = from; day < to; day++) {
      float mine = values.value(f, instrument, day);
      if (!Float.isNaN(mine)) {
        throw differs(values, f, instrument, day, Double.NaN, mine);
      }
    }
  }

  private void requireEqual(
      QlibStore store, BinFile bin, StoredValues values, int f, int instrument, int from, int to) {
    int start = Math.max(place(store, from), bin.first());
    double[] theirs =
        start < bin.end() ? bin.read(start, Math.min(bin.end(), place(store, to - 1) + 1)) : none();
    for (int day = from; day < to; day++) {
      int at = place(store, day) - start;
      double their = at >= 0 && at < theirs.length ? theirs[at] : Double.NaN;
      float mine = values.value(f, instrument, day);
      if (mine != their && !(Float.isNaN(mine) && Double.isNaN(their))) {
        throw differs(values, f, instrument, day, their, mine);
      }
    }
  }

  private static double[] none() {
    return new double[0];
  }

  private int place(QlibStore store, int day) {
    return Collections.binarySearch(store.calendar(), panel.days().get(day));
  }

  private QilinException differs(
      StoredValues values, int f, int instrument, int day, double their, float mine) {
    return conflict(values.fields().get(f) + " of " + panel.symbols().get(instrument) + " on "
        + panel.days().get(day) + " is " + (Double.isNaN(their) ? "not known" : their)
        + " in the store, " + mine + " in the panel; an append does not change days that are there,"
        + " so write the store again if its history has changed");
  }

  /** Notes which files grow, and makes sure that the new values can be stored. */
  private void plan(
      QlibStore store, String folder, StoredValues values, int instrument, int firstNew) {
    Symbol symbol = panel.symbols().get(instrument);
    if (!store.instruments().containsKey(symbol) && store.folder(symbol).isPresent()) {
      throw conflict("there is a folder of " + symbol
          + ", but the list of instruments does not have" + " it; remove the folder or list it");
    }
    int first = Math.max(panel.firstRow(instrument), firstNew);
    int days = store.calendar().size();
    BinFile.requirePlace(days + first - firstNew);
    SortedMap<Field, Path> files = store.files(symbol);
    Path home = store.folder(symbol).orElse(root.resolve("features").resolve(folder));
    for (int f = 0; f < values.fields().size(); f++) {
      Field field = values.fields().get(f);
      for (int day = first; day < panel.endRow(instrument); day++) {
        values.value(f, instrument, day);
      }
      Path file = files.get(field);
      if (file == null) {
        Path made = home.resolve(field.name() + BinFile.ENDING);
        growths.add(new Growth(symbol, instrument, f, made, 0, days + first - firstNew));
      } else {
        try (BinFile bin = store.bin(symbol, field, file)) {
          growths.add(new Growth(symbol, instrument, f, file, bin.bytes(), bin.end()));
        }
      }
    }
  }

  private void change(QlibStore store, StoredValues values, int firstNew) {
    List<String> calendar = new ArrayList<>(StoreText.lines(root, "calendars/day.txt"));
    List<String> list = StoreText.lines(root, "instruments/all.txt");
    Map<Symbol, SortedMap<Field, Long>> sizes = new LinkedHashMap<>();
    for (Growth growth : growths) {
      sizes
          .computeIfAbsent(growth.symbol, symbol -> new TreeMap<>())
          .put(values.fields().get(growth.field), growth.bytes);
    }
    AppendJournal journal = new AppendJournal(calendar.size(), list, sizes);
    journal.write(root);
    try {
      for (Growth growth : growths) {
        grow(growth, values, store.calendar().size(), firstNew);
      }
      AtomicFile.forceFolder(root.resolve("features"));
    } catch (IOException e) {
      QilinException failure =
          Place.of(root).error(ErrorCode.IO, "the new days cannot be written", e);
      try {
        journal.undo(root, QlibLimits.DEFAULT);
      } catch (QilinException also) {
        failure.addSuppressed(also);
      }
      throw failure;
    }
    panel
        .days()
        .subList(firstNew, panel.days().size())
        .forEach(day -> calendar.add(day.toString()));
    StoreText.write(root.resolve("calendars/day.txt"), calendar);
    Path all = root.resolve("instruments/all.txt");
    StoreText.write(all, GrownList.of(list, StorePlaces.of(root, all), spans(firstNew)));
    AtomicFile.delete(root.resolve(AppendJournal.FILE));
  }

  /** The first and the last new day of each instrument with new rows. */
  private Map<Symbol, InstrumentSpan> spans(int firstNew) {
    Map<Symbol, InstrumentSpan> spans = new TreeMap<>();
    for (Growth growth : growths) {
      int first = Math.max(panel.firstRow(growth.instrument), firstNew);
      int last = panel.endRow(growth.instrument) - 1;
      spans.put(
          growth.symbol,
          new InstrumentSpan(panel.days().get(first), panel.days().get(last)));
    }
    return spans;
  }

  /**
   * Writes the new end of a file.
   *
   * @param days length of the old calendar
   * @param firstNew place in the panel of the day that comes after it
   */
  private void grow(Growth growth, StoredValues values, int days, int firstNew) throws IOException {
    int shift = days - firstNew;
    int end = panel.endRow(growth.instrument) + shift;
    boolean isNew = growth.bytes == 0;
    ByteBuffer out = ByteBuffer.allocate((end - growth.from + (isNew ? 1 : 0)) * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN);
    if (isNew) {
      out.putFloat(growth.from);
    }
    for (int place = growth.from; place < end; place++) {
      int day = place - shift;
      // Days of the store that the file does not reach were compared: nothing is known of them.
      boolean known = place >= days && day >= panel.firstRow(growth.instrument);
      out.putFloat(known ? values.value(growth.field, growth.instrument, day) : Float.NaN);
    }
    Path folder = growth.file.getParent();
    if (isNew && folder != null) {
      Files.createDirectories(folder);
    }
    try (FileChannel channel = FileChannel.open(
        growth.file,
        isNew ? StandardOpenOption.CREATE_NEW : StandardOpenOption.WRITE,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS)) {
      channel.position(growth.bytes);
      out.flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      channel.force(true);
    }
    if (isNew) {
      AtomicFile.forceFolder(folder);
    }
  }
}
