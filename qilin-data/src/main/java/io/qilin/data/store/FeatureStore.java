package io.qilin.data.store;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityFinding;
import io.qilin.core.factor.FactorPlan;
import io.qilin.data.lineage.CodeVersion;
import io.qilin.data.lineage.ContentHash;
import io.qilin.data.table.TableFormat;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Factors in files, so that what was computed once is read the next time. What is kept is found by what it is: the
 * factors' definition and the version of the code, and day by day the hash of all data up to the day ({@link DayChain}).
 * So it never has to be told that something changed: new days are computed and added, a day that changed is computed
 * again with all days after it, a new formula is another set.
 *
 * <pre>{@code
 * FeatureStore store = FeatureStore.builder(folder, format, clock).build();
 * Materialised result = store.getOrCompute(plan, panel);
 * }</pre>
 *
 * <p>The values have the bits of {@link FactorPlan#compute(Panel)}. A run of days is a table file beside a manifest, which
 * is written last; a file whose bytes are not those of the manifest is thrown away, computed again, and told as a finding.
 * File names are made of dates and hashes only.
 *
 * <p>Safe for use by several threads and processes: files appear whole by a rename, and two writers of the same days write
 * the same content. Threads of one store that want the same factors wait for each other; processes do not.
 */
public final class FeatureStore {
  /** The most files that an answer is put together from before they are made one: 64. */
  public static final int MAX_PARTS = 64;

  private final TableFormat format;
  private final SegmentFolder root;
  private final CodeVersion code;
  private final ConcurrentHashMap<String, Object> locks = new ConcurrentHashMap<>();

  private FeatureStore(Builder builder) {
    this.format = builder.format;
    this.code = builder.code;
    this.root = new SegmentFolder(builder.root, builder.clock);
  }

  /**
   * Starts a store.
   *
   * @param root the store's folder, made when something is first written
   * @param format of the files, for example that of Arrow
   * @param clock tells when a file was last used
   */
  public static Builder builder(Path root, TableFormat format, Clock clock) {
    return new Builder(root, format, clock);
  }

  /** The factors on all days of a panel; otherwise as {@link #getOrCompute(FactorPlan, Panel, DayChain, LocalDate, LocalDate)}. */
  public Materialised getOrCompute(FactorPlan plan, Panel panel) {
    return getOrCompute(plan, panel, panel.days().get(0), panel.lastDay());
  }

  /** The factors on some days of a panel; otherwise as {@link #getOrCompute(FactorPlan, Panel, DayChain, LocalDate, LocalDate)}. */
  public Materialised getOrCompute(FactorPlan plan, Panel panel, LocalDate from, LocalDate to) {
    return getOrCompute(plan, panel, chain(plan, panel), from, to);
  }

  /** The chain over the fields that a plan reads; reads the whole panel. A host that only adds days extends it. */
  public static DayChain chain(FactorPlan plan, Panel panel) {
    return DayChain.of(panel, fields(plan, panel));
  }

  private static SortedSet<Field> fields(FactorPlan plan, Panel panel) {
    SortedSet<Field> fields = new TreeSet<>(plan.fields());
    fields.removeIf(field -> !panel.has(field));
    return fields;
  }

  /**
   * The factors on some days of a panel: read where files hold them for this data, computed and kept where not.
   *
   * @param chain of the panel, over the fields that the plan reads
   * @param from first day, a day of the panel
   * @param to last day, a day of the panel
   * @throws QilinException INVALID_ARGUMENT if the chain is of other days or fields, or its last day is not the panel's, or
   *     a factor's name fits no column; IO; CANCELLED if the thread is interrupted; NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE
   *     for the days; and what the plan throws
   */
  public Materialised getOrCompute(
      FactorPlan plan, Panel panel, DayChain chain, LocalDate from, LocalDate to) {
    if (!chain.days().equals(panel.days()) || !chain.fields().equals(fields(plan, panel))) {
      throw QilinException.invalid(
          "the chain is of other days or fields than the panel and the plan; make it by"
              + " FeatureStore.chain or extend it");
    }
    if (!chain.endsAs(panel)) {
      throw QilinException.invalid("the chain is of another panel: its hash on " + panel.lastDay()
          + " is not that of the panel's values; make it by FeatureStore.chain");
    }
    int first = panel.indexOf(from);
    int end = panel.indexOf(to) + 1;
    if (end <= first) {
      throw QilinException.invalid("the last day " + to + " is before the first " + from);
    }
    String key = ContentHash.ofText(plan.digest() + "\n" + code).hex();
    synchronized (locks.computeIfAbsent(key, k -> new Object())) {
      return new Work(plan, panel, chain, key, first, end).run();
    }
  }

  /**
   * Bytes of all files.
   *
   * @throws QilinException IO
   */
  public long bytes() {
    return root.bytes();
  }

  /**
   * Removes what was not used for longest until the files take no more than so many bytes, and files that a crash left.
   *
   * @return how many runs of days were removed
   * @throws QilinException INVALID_ARGUMENT for a negative number; IO
   */
  public int retain(long maxBytes) {
    if (maxBytes < 0) {
      throw QilinException.invalid("a store keeps 0 bytes or more, was " + maxBytes);
    }
    return root.retain(maxBytes);
  }

  /** Some days of the answer. */
  private record Part(int from, int to, Optional<Segment> segment) {}

  /** One question and its answer. */
  private final class Work {
    private final FactorPlan plan;
    private final Panel panel;
    private final DayChain chain;
    private final String key;
    private final int first;
    private final int end;
    private final FactorFile files;
    private final List<Segment> segments;
    private final List<Path> used = new ArrayList<>();
    private final List<QualityFinding> findings = new ArrayList<>();
    private int readDays;

    Work(FactorPlan plan, Panel panel, DayChain chain, String key, int first, int end) {
      this.plan = plan;
      this.panel = panel;
      this.chain = chain;
      this.key = key;
      this.first = first;
      this.end = end;
      this.files = new FactorFile(format, plan.names());
      this.segments = new ArrayList<>(root.segments(key, plan.names(), findings));
    }

    Materialised run() {
      Part whole = next(first);
      FactorTable table =
          whole.to() == end && whole.segment().isEmpty() ? compute(first, end) : assemble();
      if (used.size() > MAX_PARTS) {
        merge(table);
      }
      return new Materialised(
          table, chain.hash(end - 1), readDays, end - first - readDays, used, findings);
    }

    /** Puts the answer into one file in place of the many whose days it holds. */
    private void merge(FactorTable table) {
      Segment merged = write(table, first, end);
      for (Segment segment : segments) {
        int start = segment.start(chain);
        int stop = start + segment.days().size();
        boolean within = start >= first
            && stop <= end
            && segment.valid(chain) == segment.days().size();
        if (within && !segment.file().equals(merged.file())) {
          root.remove(key, segment);
        }
      }
      used.clear();
      used.add(root.file(key, merged));
    }

    private FactorTable assemble() {
      FactorBlock block = FactorBlock.of(plan.names(), panel.symbols(), end - first);
      block.begin(panel.days().subList(first, end));
      int at = first;
      while (at < end) {
        Part part = next(at);
        if (part.segment().isEmpty()) {
          copy(compute(part.from(), part.to()), block, part.from() - first);
          at = part.to();
        } else if (read(part, block)) {
          readDays += part.to() - part.from();
          at = part.to();
        }
      }
      block.end();
      return FactorTable.take(block);
    }

    /** The longest run of days from one on that a file holds, or the run that none does. */
    private Part next(int at) {
      Segment best = null;
      int reach = at;
      int gap = end;
      for (Segment segment : segments) {
        int start = segment.start(chain);
        int stop = start + segment.valid(chain);
        if (start >= 0 && start <= at && stop > reach) {
          best = segment;
          reach = stop;
        } else if (start > at && stop > start) {
          gap = Math.min(gap, start);
        }
      }
      return best == null
          ? new Part(at, gap, Optional.empty())
          : new Part(at, Math.min(reach, end), Optional.of(best));
    }

    private boolean read(Part part, FactorBlock block) {
      Segment segment = part.segment().orElseThrow();
      Path file = root.file(key, segment);
      try {
        root.verify(key, segment);
        files.read(file, block, panel, first, part.from() - first, part.to() - first);
        root.touch(key, segment);
        used.add(file);
        return true;
      } catch (QilinException e) {
        if (e.code() == ErrorCode.IO || e.code() == ErrorCode.CANCELLED) {
          // It says nothing about the file: the disk failed, or the thread was interrupted.
          throw e;
        }
        findings.add(SegmentFolder.damaged(segment.file(), e));
        segments.remove(segment);
        root.remove(key, segment);
        return false;
      }
    }

    private FactorTable compute(int from, int to) {
      FactorTable table =
          plan.compute(panel, panel.days().get(from), panel.days().get(to - 1));
      Segment written = write(table, from, to);
      used.add(root.file(key, written));
      segments.add(written);
      return table;
    }

    private Segment write(FactorTable table, int from, int to) {
      List<ContentHash> hashes = new ArrayList<>();
      for (int day = from; day < to; day++) {
        hashes.add(chain.hash(day));
      }
      return root.write(
          key,
          format,
          plan.names(),
          List.copyOf(panel.days().subList(from, to)),
          hashes,
          file -> files.write(file, table, panel, from));
    }

    private void copy(FactorTable table, FactorBlock block, int at) {
      double[] row = new double[panel.symbols().size()];
      for (int day = 0; day < table.days().size(); day++) {
        for (int c = 0; c < table.names().size(); c++) {
          table.crossSection(c, day, row);
          block.write(c, at + day, 0, row, 0, row.length);
        }
      }
    }
  }

  /** Settings of a store; each method says what holds without it. */
  public static final class Builder {
    private final Path root;
    private final TableFormat format;
    private final Clock clock;
    private CodeVersion code = CodeVersion.of(FactorPlan.class);

    private Builder(Path root, TableFormat format, Clock clock) {
      this.root = Objects.requireNonNull(root, "root");
      this.format = Objects.requireNonNull(format, "format");
      this.clock = Objects.requireNonNull(clock, "clock");
      if (format.suffixes().isEmpty()) {
        throw new QilinException(
            ErrorCode.UNSUPPORTED, "the format " + format.id() + " names no end of its files");
      }
    }

    /**
     * The version of the code that computes; what another version computed is not used. That of Qilin's build unless set:
     * while two builds have one version, and neither states its commit, they count as the same code.
     */
    public Builder code(CodeVersion version) {
      code = Objects.requireNonNull(version, "version");
      return this;
    }

    /** The store. */
    public FeatureStore build() {
      return new FeatureStore(this);
    }
  }
}
