package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import io.qilin.data.internal.AtomicFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of records as a source: one file a kind, {@code money-flows.jsonl} with one JSON object a line, or {@code
 * money-flows.csv} (or {@code .csv.gz}) with a header. The fields are the components of the record types of {@link
 * io.qilin.api.record} under their names, {@code of} as {@code symbol}; in a table a part of a part is {@code
 * superLarge.buy}. What is not known is left out, or {@code null}, or an empty cell. Without {@code source} a record is
 * said to come from the file; without {@code asOf} the usual moment of {@link io.qilin.api.record.PublicationTimes}
 * counts where there is one.
 *
 * <p>A file is read whole when its kind is first asked for, and kept, as long as all that is kept takes no more memory than
 * {@link RecordLimits#keptBytes}; a larger one is read again by each query, of which only the answer is held, and refused
 * with DATA_CONFLICT if it has changed since. All is strict: an unknown, doubled or wrong field, half
 * a row, or a record that cannot be, refuses the file with its line and field. A record that became public after the present
 * is left out with a finding {@code record-from-the-future}, if a clock is given.
 *
 * <p>Safe for use by several threads: one lock guards the files that were read.
 */
public final class RecordFiles implements MarketDataSource {
  /** The id of the provider. */
  static final String ID = "records";

  /** One file that was read; without a table if it is too large to be kept. */
  private record Loaded(
      Optional<KindTable<?>> table, RecordScan scan, List<QualityFinding> findings) {}

  private final Map<DataCapability, Path> files;
  private final String folder;
  private final Builder settings;
  private final Object lock = new Object();
  private final Map<DataCapability, Loaded> loaded = new EnumMap<>(DataCapability.class);
  private long keptBytes;

  private RecordFiles(Builder settings) {
    this.settings = settings;
    this.folder = AtomicFile.name(settings.folder);
    this.files = RecordFolder.files(settings.folder);
  }

  /** Starts the settings of a folder. */
  public static Builder builder(Path folder) {
    return new Builder(folder);
  }

  /** Collects the settings of {@link RecordFiles}. Not thread-safe. */
  public static final class Builder {
    private final Path folder;
    private RecordLimits limits = RecordLimits.DEFAULT;
    private Optional<Clock> clock = Optional.empty();
    private final Map<DataCapability, Map<String, RecordUnit>> units =
        new EnumMap<>(DataCapability.class);

    private Builder(Path folder) {
      this.folder = Objects.requireNonNull(folder, "folder");
    }

    /** How large files may be; {@link RecordLimits#DEFAULT} unless set. */
    public Builder limits(RecordLimits most) {
      limits = Objects.requireNonNull(most, "most");
      return this;
    }

    /** How large files may be. */
    RecordLimits limits() {
      return limits;
    }

    /** Tells the present, after which no record can be public; not looked at unless set. */
    public Builder clock(Clock present) {
      clock = Optional.of(present);
      return this;
    }

    /**
     * Declares in which unit a vendor's file gives a field; Qilin's own unit unless set. Units are never guessed.
     *
     * @param kind the kind of record
     * @param field the path of the field, for example {@code superLarge.buy}
     * @throws QilinException INVALID_ARGUMENT if the kind has no such number
     */
    public Builder unit(Class<? extends MarketRecord> kind, String field, RecordUnit unit) {
      List<String> measures = RecordShapes.of(kind).measures();
      if (!measures.contains(field)) {
        throw QilinException.invalid("no unit can be set for " + QilinException.quote(field)
            + NearestName.hint(field, measures) + "; the numbers of " + kind.getSimpleName()
            + " are " + measures);
      }
      units
          .computeIfAbsent(DataCapability.of(kind), k -> new HashMap<>())
          .put(field, Objects.requireNonNull(unit, "unit"));
      return this;
    }

    /**
     * Looks which files there are; they are read when asked for.
     *
     * @throws QilinException DATA_NOT_FOUND if there is no such folder; DATA_FORMAT for a file whose name is no kind;
     *     DATA_CONFLICT for two files of one kind; LIMIT_EXCEEDED; IO
     */
    public RecordFiles open() {
      Builder frozen = new Builder(folder);
      frozen.limits = limits;
      frozen.clock = clock;
      units.forEach((kind, fields) -> frozen.units.put(kind, Map.copyOf(fields)));
      return new RecordFiles(frozen);
    }
  }

  /** What this folder serves: the kinds of its files, and securities if it has notices of status. */
  public Set<DataCapability> capabilities() {
    EnumSet<DataCapability> served = EnumSet.noneOf(DataCapability.class);
    served.addAll(files.keySet());
    if (served.contains(DataCapability.STATUS_NOTICES)) {
      served.add(DataCapability.SECURITIES);
    }
    return Set.copyOf(served);
  }

  @Override
  public Bars bars(BarQuery query) {
    throw new QilinException(
        ErrorCode.UNSUPPORTED, "the provider " + ID + " serves records, not DAILY_BARS");
  }

  /**
   * The timelines of all notices of status, see {@link StatusNotice#timelines}.
   *
   * @throws QilinException DATA_NOT_FOUND without a file {@code status-notices}; as {@link #records}
   */
  @Override
  public Map<Symbol, SecurityTimeline> securities() {
    return StatusNotice.timelines(
        records(RecordQuery.of(StatusNotice.class, Instant.MAX)).rows());
  }

  /**
   * Reads records.
   *
   * @throws QilinException DATA_NOT_FOUND if the folder has no file of the kind; DATA_FORMAT with file, line and field;
   *     LIMIT_EXCEEDED for a file or an answer beyond the {@link RecordLimits}; DATA_CONFLICT if a file that is too large to
   *     be kept has changed; IO
   */
  @Override
  @SuppressWarnings("unchecked") // each table holds the records of its kind
  public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
    Loaded file = loaded(DataCapability.of(query.type()));
    List<R> rows = file.table().isPresent()
        ? ((KindTable<R>) file.table().get()).select(query)
        : scanned(file, query);
    return new Records<>(rows, file.scan().provenance(), file.findings());
  }

  private Loaded loaded(DataCapability kind) {
    Path file = files.get(kind);
    if (file == null) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          folder + ": there is no file " + RecordFolder.stem(kind)
              + ".jsonl or .csv; the folder has "
              + files.values().stream().map(AtomicFile::name).toList());
    }
    synchronized (lock) {
      Loaded known = loaded.get(kind);
      if (known == null) {
        known = load(kind, file);
        loaded.put(kind, known);
      }
      return known;
    }
  }

  /** Reads a file to keep it; all but what it is if that would take too much. */
  private Loaded load(DataCapability kind, Path file) {
    RecordScan scan = scan(kind, file);
    RecordHeap heap = new RecordHeap(settings.limits.keptBytes() - keptBytes);
    List<QualityFinding> findings = scan.run((record, place, chars) -> heap.add(record, chars));
    if (heap.isFull()) {
      return new Loaded(Optional.empty(), scan, findings);
    }
    keptBytes += heap.bytes();
    return new Loaded(Optional.of(new KindTable<>(heap.rows())), scan, findings);
  }

  private RecordScan scan(DataCapability kind, Path file) {
    Provenance provenance = new Provenance(ID, AtomicFile.name(file), false);
    RecordReading reading =
        new RecordReading(provenance, settings.units.getOrDefault(kind, Map.of()));
    RecordRows rows = new RecordRows(kind.recordType().orElseThrow(), reading, settings.limits);
    return RecordScan.of(file, rows, settings.limits, settings.clock);
  }

  /** Reads the answer to a query from a file that is not kept. */
  private <R extends MarketRecord> List<R> scanned(Loaded file, RecordQuery<R> query) {
    RecordHeap heap = new RecordHeap(settings.limits.keptBytes());
    file.scan().run((record, place, chars) -> {
      R row = query.type().cast(record);
      if (query.accepts(row) && !heap.add(row, chars)) {
        throw place.tooLarge("the records until here that answer the query take more than "
            + settings.limits.keptBytes() + " bytes of memory, as estimated; ask for fewer"
            + " instruments or a shorter span, or raise keptBytes");
      }
    });
    List<R> rows = new ArrayList<>();
    heap.rows().forEach(record -> rows.add(query.type().cast(record)));
    return new KindTable<>(rows).rows();
  }

  @Override
  public void close() {}
}
