package io.qilin.data.qlib;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.bars.MarketLists;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads daily bars from the folders in which Qlib keeps them: {@code calendars/day.txt}, {@code instruments/all.txt}, and
 * {@code features/sh600519/close.day.bin} for each instrument and field.
 *
 * <p><b>Values</b> are float32 in the files, about seven digits, and become the {@code double} of the same value. A
 * missing file is a field of which nothing is known. Infinite values are taken as they are.
 *
 * <p><b>Rows.</b> An instrument has rows from the first to the last day that any of its files holds, within its spans in
 * the list of instruments; days outside of its spans are {@code NaN}, as Qlib leaves them out.
 *
 * <p><b>Prices</b> count as adjusted if there is a factor, by Qlib's convention: {@link Adjustment#FORWARD} if most
 * factors end at 1 and begin below, {@link Adjustment#RAW} if all begin and end at 1 or there is none, {@link
 * Adjustment#BACKWARD} otherwise. Unless the adjustment is set, both ends of every factor's file are looked at for this,
 * whatever a query asks for. A store that {@link QlibStoreWriter} wrote says itself how its prices are adjusted and its
 * volume counted.
 *
 * <p><b>Cost.</b> Of the files of the fields and instruments that a query asks for, only the first 16 KiB and the bytes of
 * its days are read.
 *
 * <p><b>Untrusted stores.</b> Sizes and places are checked against the calendar before anything is read, so that a file
 * of any size is refused at once; symbolic links within the store are refused. Errors name the file.
 *
 * <p><b>Interrupted appends.</b> A store in which {@link QlibStoreWriter#append} did not come to its end is read as it was
 * before.
 *
 * <p>Calendar, list of instruments and names of folders are read once, by {@link Builder#build}. Immutable and safe to
 * share between threads.
 */
public final class QlibStore {
  private final Path root;
  private final QlibLimits limits;
  private final List<LocalDate> calendar;
  private final SortedMap<Symbol, List<InstrumentSpan>> instruments;
  private final SortedMap<String, Path> folders;
  private final Optional<Adjustment> adjustment;
  private final QlibVolume volume;
  private final Optional<AppendJournal> unfinished;

  private QlibStore(
      Path root,
      QlibLimits limits,
      List<LocalDate> calendar,
      SortedMap<Symbol, List<InstrumentSpan>> instruments,
      SortedMap<String, Path> folders,
      Optional<Adjustment> adjustment,
      QlibVolume volume,
      Optional<AppendJournal> unfinished) {
    this.root = root;
    this.limits = limits;
    this.calendar = calendar;
    this.instruments = instruments;
    this.folders = folders;
    this.adjustment = adjustment;
    this.volume = volume;
    this.unfinished = unfinished;
  }

  /**
   * Opens a store with all defaults.
   *
   * @throws QilinException as {@link Builder#build}
   */
  public static QlibStore open(Path root) {
    return builder(root).build();
  }

  /** Begins with the store's folder, which has the folders calendars, instruments and features. */
  public static Builder builder(Path root) {
    return new Builder(root);
  }

  /** Whether a folder looks like a store: it has the folders {@code features} and {@code calendars}. */
  public static boolean isStore(Path folder) {
    return Files.isDirectory(folder.resolve("features"))
        && Files.isDirectory(folder.resolve("calendars"));
  }

  /** The trading days, ascending. */
  public List<LocalDate> calendar() {
    return calendar;
  }

  /** The instruments of the list, each with the spans in which it belongs to it. */
  public SortedMap<Symbol, List<InstrumentSpan>> instruments() {
    return instruments;
  }

  /**
   * The fields of which an instrument has a file; empty if it has no folder.
   *
   * @throws QilinException DATA_FORMAT for a symbolic link; LIMIT_EXCEEDED; IO
   */
  public SortedSet<Field> fields(Symbol symbol) {
    return new TreeSet<>(files(symbol).keySet());
  }

  /**
   * Reads the bars that answer a query, with all fields.
   *
   * @throws QilinException DATA_NOT_FOUND if nothing answers; DATA_FORMAT with the file; LIMIT_EXCEEDED; IO
   */
  public Bars read(BarQuery query) {
    return read(query, Set.of());
  }

  /**
   * Reads some fields of the bars that answer a query.
   *
   * @param fields the fields, empty for all
   * @throws QilinException DATA_NOT_FOUND if nothing answers or no instrument has a file of one of the fields; DATA_FORMAT
   *     with the file; LIMIT_EXCEEDED; IO
   */
  public Bars read(BarQuery query, Set<Field> fields) {
    Objects.requireNonNull(query, "query");
    return new StoreRead(this, query, new TreeSet<>(fields)).bars();
  }

  Path root() {
    return root;
  }

  QlibLimits limits() {
    return limits;
  }

  Optional<Adjustment> adjustment() {
    return adjustment;
  }

  QlibVolume volume() {
    return volume;
  }

  /** The folder of an instrument, if there is one. */
  Optional<Path> folder(Symbol symbol) {
    return Optional.ofNullable(folders.get(FolderNames.of(symbol)));
  }

  /** The files of an instrument, without those that an interrupted append has begun. */
  SortedMap<Field, Path> files(Symbol symbol) {
    SortedMap<Field, Path> files = folder(symbol)
        .map(folder -> InstrumentFiles.fields(root, folder, limits))
        .orElseGet(TreeMap::new);
    unfinished.ifPresent(journal -> files.keySet().removeAll(journal.begun(symbol)));
    return files;
  }

  /** Opens a file of the store. */
  BinFile bin(Symbol symbol, Field field, Path file) {
    OptionalLong bytes =
        unfinished.map(journal -> journal.bytes(symbol, field)).orElse(OptionalLong.empty());
    return BinFile.open(file, () -> StorePlaces.of(root, file), calendar.size(), bytes);
  }

  /** What a {@link QlibStore} is to be told. Not thread-safe. */
  public static final class Builder {
    private final Path root;
    private String market = "all";
    private Optional<Adjustment> adjustment = Optional.empty();
    private Optional<QlibVolume> volume = Optional.empty();
    private QlibLimits limits = QlibLimits.DEFAULT;

    private Builder(Path root) {
      this.root = Objects.requireNonNull(root, "root");
    }

    /**
     * The list of instruments, for example {@code csi300}; {@code all} unless set.
     *
     * @throws QilinException INVALID_CONFIGURATION unless it is 1 to 64 of {@code A-Z a-z 0-9 _ -}
     */
    public Builder market(String name) {
      if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the name of a market is 1 to 64 letters, digits, _ or -, was "
                + QilinException.quote(name));
      }
      market = name;
      return this;
    }

    /** How the prices are adjusted; as the store says itself, or else found out from the factors, unless set. */
    public Builder adjustment(Adjustment known) {
      adjustment = Optional.of(known);
      return this;
    }

    /** What volume is counted in; as the store says itself, or else {@link QlibVolume#SHARES}, unless set. */
    public Builder volume(QlibVolume counted) {
      volume = Optional.of(counted);
      return this;
    }

    /** How large the store may be; {@link QlibLimits#DEFAULT} unless set. */
    public Builder limits(QlibLimits most) {
      limits = Objects.requireNonNull(most, "most");
      return this;
    }

    /**
     * Opens the store.
     *
     * @throws QilinException DATA_NOT_FOUND if a part of the store is not there; DATA_FORMAT with file and line;
     *     LIMIT_EXCEEDED; IO
     */
    public QlibStore build() {
      Place store = Place.of(root);
      if (!Files.isDirectory(root)) {
        throw store.error(ErrorCode.DATA_NOT_FOUND, "there is no such folder; name a Qlib store");
      }
      Optional<AppendJournal> unfinished = AppendJournal.read(root);
      List<LocalDate> calendar = list("calendars", "day", MarketLists::calendar);
      List<LocalDate> days =
          unfinished.map(journal -> journal.calendar(calendar, root)).orElse(calendar);
      Map<Symbol, List<InstrumentSpan>> spans = unfinished.isPresent() && market.equals("all")
          ? unfinished.get().instruments(root)
          : list("instruments", market, MarketLists::spans);
      if (spans.size() > limits.instruments()) {
        throw store.tooLarge(
            "the list of instruments has " + spans.size() + ", more than " + limits.instruments());
      }
      StoreNote note = StoreNote.read(root);
      return new QlibStore(
          root,
          limits,
          days,
          Collections.unmodifiableSortedMap(new TreeMap<>(spans)),
          InstrumentFiles.folders(root, limits),
          adjustment.isPresent() ? adjustment : note.adjustment(),
          volume.or(note::volume).orElse(QlibVolume.SHARES),
          unfinished);
    }

    /** Reads a list of the store. */
    private interface ListReader<T> {
      T read(Path file, Place place);
    }

    private <T> T list(String folder, String name, ListReader<T> reader) {
      Path parent = root.resolve(folder);
      Path file = parent.resolve(name + ".txt");
      StorePlaces.refuseLink(root, parent);
      StorePlaces.refuseLink(root, file);
      Place place = StorePlaces.of(root, file);
      if (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw place.malformed("this is not a file");
      }
      return reader.read(file, place);
    }
  }
}
