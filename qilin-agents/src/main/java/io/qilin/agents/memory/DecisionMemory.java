package io.qilin.agents.memory;

import io.qilin.agents.debate.Lessons;
import io.qilin.agents.internal.LineLog;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Remembers what was recommended, finds out what became of it, and tells models of it.
 *
 * <p>An entry is pending from {@link #remember} until {@link #resolve} finds its sale in the bars. A
 * decision on a day is told only of what was resolved before that day, so that a backtest learns
 * nothing from its own future: the last five of the same share and the last three of others.
 *
 * <p>Kept in one file that only grows, each entry durable when the method returns; a line that was cut
 * off by a crash is dropped, other damage is refused. When there are more entries than the limit, a
 * tenth is forgotten, resolved ones first, the oldest first, and the file is replaced as a whole.
 * Thread-safe: one lock. A file serves one memory at a time; it is locked until {@link #close}.
 */
public final class DecisionMemory implements Lessons, AutoCloseable {
  private static final int SAME = 5;
  private static final int OTHERS = 3;
  private static final int MOST_ENTRIES = 1_000_000;
  private static final long BYTES_PER_ENTRY = 8_192;
  private static final Comparator<MemoryEntry> BY_DAY =
      Comparator.comparing(MemoryEntry::day).thenComparing(MemoryEntry::symbol);
  private static final Comparator<MemoryEntry> BY_RESOLUTION = Comparator.comparing(
          (MemoryEntry entry) -> entry.resolution().map(Resolution::on).orElse(LocalDate.MAX))
      .thenComparing(BY_DAY);

  /** What an entry is found by. */
  private record Key(LocalDate day, Symbol symbol) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int days = day.compareTo(other.day);
      return days != 0 ? days : symbol.compareTo(other.symbol);
    }
  }

  private final LineLog log;
  private final int mostEntries;
  private final int holdingDays;
  private final TreeMap<Key, MemoryEntry> entries = new TreeMap<>();

  /** One resolves at a time; taken before the lock on the entries, which no reflection holds up. */
  private final Object resolving = new Object();

  private DecisionMemory(LineLog log, int mostEntries, int holdingDays) {
    this.log = log;
    this.mostEntries = mostEntries;
    this.holdingDays = holdingDays;
  }

  /** Opens a file for 10,000 entries that are held for one trading day. */
  public static DecisionMemory open(Path file) {
    return open(file, 10_000, 1);
  }

  /**
   * Opens a file, which is made if it is not there.
   *
   * @param mostEntries how many entries are remembered, 10 to 1,000,000
   * @param holdingDays trading days from the purchase to the sale, 1 to 60
   * @throws QilinException INVALID_ARGUMENT for other numbers; IO, also for a file that is open in another
   *     memory or process; DATA_FORMAT for a damaged file;
   *     LIMIT_EXCEEDED for one of more than 8 KiB an entry
   */
  public static DecisionMemory open(Path file, int mostEntries, int holdingDays) {
    if (mostEntries < 10 || mostEntries > MOST_ENTRIES || holdingDays < 1 || holdingDays > 60) {
      throw QilinException.invalid("a memory has 10 to 1000000 entries of 1 to 60 days, not "
          + mostEntries + " of " + holdingDays);
    }
    List<String> lines = new ArrayList<>();
    LineLog log =
        LineLog.open(file, Math.min(Integer.MAX_VALUE, BYTES_PER_ENTRY * mostEntries), lines);
    DecisionMemory memory = new DecisionMemory(log, mostEntries, holdingDays);
    try {
      lines.forEach(line -> memory.put(MemoryText.read(line)));
    } catch (QilinException e) {
      log.close();
      throw new QilinException(
          ErrorCode.DATA_FORMAT, file + " holds no memory: " + e.getMessage(), e);
    }
    return memory;
  }

  private void put(MemoryEntry entry) {
    entries.put(new Key(entry.day(), entry.symbol()), entry);
  }

  private void write(MemoryEntry entry) {
    log.append(MemoryText.write(entry));
    put(entry);
  }

  /** Remembers the recommendations of a decision; those that it knows already change nothing. */
  public synchronized void remember(DecisionRecord record) {
    for (Recommendation one : record.recommendations()) {
      if (!entries.containsKey(new Key(one.day(), one.symbol()))) {
        write(
            new MemoryEntry(one.symbol(), one.day(), one.session(), one.score(), Optional.empty()));
      }
    }
    if (entries.size() > mostEntries) {
      forget();
    }
  }

  private void forget() {
    List<MemoryEntry> order = new ArrayList<>(entries.values());
    order.sort(Comparator.comparing((MemoryEntry entry) -> entry.resolution().isEmpty())
        .thenComparing(BY_DAY));
    int many = entries.size() - mostEntries + mostEntries / 10;
    order.stream()
        .limit(many)
        .forEach(entry -> entries.remove(new Key(entry.day(), entry.symbol())));
    log.replace(entries.values().stream().map(MemoryText::write).toList());
  }

  /**
   * Resolves what the bars up to an evening tell.
   *
   * @param evening what is known now; nothing later is read
   * @param indexes raw bars of the boards' indices by their codes, with opening prices, ending not
   *     after the evening; may lack some, and then alpha is not known
   * @param reflection asked once for each entry that is resolved, while others may read the memory;
   *     what it throws is thrown, and the entry stays pending
   * @return the entries that were resolved, by day and share
   * @throws QilinException INVALID_ARGUMENT if the indices know more than the evening; IO
   */
  public List<MemoryEntry> resolve(MarketSnapshot evening, Panel indexes, Reflection reflection) {
    if (indexes.lastDay().isAfter(evening.day())) {
      throw QilinException.invalid("the indices end on " + indexes.lastDay()
          + ", after the evening " + evening.day() + "; use panel.until(day)");
    }
    HoldingReturn returns = new HoldingReturn(evening, indexes, holdingDays);
    List<MemoryEntry> done = new ArrayList<>();
    synchronized (resolving) {
      for (MemoryEntry entry : entries()) {
        Optional<Resolution> known =
            entry.resolution().isPresent() ? Optional.empty() : returns.of(entry);
        if (known.isPresent()) {
          MemoryEntry bare = entry.resolved(known.get());
          MemoryEntry full = entry.resolved(known.get().withReflection(reflection.on(bare)));
          if (settle(full)) {
            done.add(full);
          }
        }
      }
    }
    return done;
  }

  /** Writes what became of an entry, unless it was forgotten meanwhile. */
  private synchronized boolean settle(MemoryEntry full) {
    boolean there = entries.containsKey(new Key(full.day(), full.symbol()));
    if (there) {
      write(full);
    }
    return there;
  }

  /** All entries, by day and share. */
  public synchronized List<MemoryEntry> entries() {
    return List.copyOf(entries.values());
  }

  /**
   * {@inheritDoc}
   *
   * <p>The last five of the share and the last three of others that were resolved before the day, the
   * oldest first.
   */
  @Override
  public synchronized List<String> before(Symbol about, LocalDate day) {
    List<MemoryEntry> known = entries.values().stream()
        .filter(entry ->
            entry.resolution().filter(found -> found.on().isBefore(day)).isPresent())
        .sorted(BY_RESOLUTION)
        .toList();
    List<String> out = new ArrayList<>();
    for (boolean same : new boolean[] {true, false}) {
      List<MemoryEntry> some =
          known.stream().filter(entry -> entry.symbol().equals(about) == same).toList();
      some.stream()
          .skip(Math.max(0, some.size() - (same ? SAME : OTHERS)))
          .forEach(entry -> out.add(entry.lesson()));
    }
    return out;
  }

  /** Closes the file. */
  @Override
  public void close() {
    log.close();
  }
}
