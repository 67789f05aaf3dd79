package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import io.qilin.data.reconcile.BarMerge;
import io.qilin.data.reconcile.MergedBars;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Several sources behind one, so that a dead source costs one timeout and then nothing.
 *
 * <p>A query goes to the first member that serves its kind of data and whose guard lets it through. When it fails, times
 * out or answers with nonsense ({@link AnswerRules}), the next is asked; when it has not answered for the hedge delay,
 * the next is asked besides, and the first good answer wins. An answer comes from one member, whole: two sources are
 * never mixed in one series, except by {@link #fetchMerged}, which says so. When no member answers, a copy of the last
 * good answer may be served, if {@link SourceChainBuilder#lastGood} asks for it; it says that it is stale, by {@link
 * Served#staleAge}, in {@link io.qilin.api.record.Provenance#copyOf}, and by a finding {@code stale-copy}. A copy is
 * served only if some member failed; where all say that there is nothing, there is nothing.
 *
 * <p>Threads: there are none of its own. Calls run on the caller's executor while the asking thread waits; each member
 * has a bound of calls ({@link MemberSettings#concurrency}) which also counts those that hang: a call that is given up is
 * interrupted, and if its source does not listen, it keeps its thread until it ends. The executor should therefore have
 * at least as many threads as hung calls are allowed, and must run or reject what it is given. With an executor that runs
 * tasks on the asking thread nothing can be given up: every call lasts as long as its source likes, deadlines and hedges
 * have no effect, and slow calls only count for the guards.
 *
 * <p>Equal queries at the same time share one answer. Safe for use by several threads. What the listener throws is
 * counted and does not disturb an answer.
 */
public final class SourceChain implements MarketDataSource {
  private final List<Member> members;
  private final ChainTerms terms;
  private final Consumer<ChainEvent> events;
  private final SingleFlight equal;
  private final @Nullable KeptCopies fresh;
  private final Duration maxAge;
  private final @Nullable KeptCopies copies;
  private final @Nullable CopyFiles files;
  private final @Nullable BackgroundCheck background;
  private final String names;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong stale = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong listenerFailures = new AtomicLong();
  private final AtomicLong copyFailures = new AtomicLong();

  SourceChain(SourceChainBuilder from) {
    Consumer<ChainEvent> listener = from.listener;
    this.events = event -> {
      if (event instanceof ChainEvent.CopyFailed) {
        copyFailures.incrementAndGet();
      }
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        // Counted and shown by health(): a listener must not cost an answer.
        listenerFailures.incrementAndGet();
      }
    };
    Jitter chance = new Jitter(from.seed);
    this.terms = new ChainTerms(
        from.executor,
        from.clock,
        from.ticker,
        from.waiting,
        from.deadline,
        from.hedgeAfter,
        new AnswerCheck(from.rules, from.clock));
    List<Member> all = new ArrayList<>();
    for (SourceChainBuilder.Entry entry : from.entries) {
      CallGuard guard = from.guards
          .map(make -> make.apply(entry.name()))
          .orElseGet(() -> new Breaker(entry.settings().breaker(), from.ticker, chance.nextLong()));
      all.add(new Member(
          entry.name(),
          entry.source(),
          entry.capabilities(),
          entry.settings(),
          guard,
          chance,
          events));
    }
    this.members = List.copyOf(all);
    this.names = String.join(",", members.stream().map(Member::name).toList());
    this.equal = new SingleFlight(from.deadline.plusSeconds(1));
    this.fresh = from.fresh
        .map(after -> KeptCopies.expiring(from.freshBytes, after, from.ticker))
        .orElse(null);
    CopySettings kept = from.lastGood.orElse(null);
    this.maxAge = kept == null ? Duration.ZERO : kept.maxAge();
    this.copies = kept == null ? null : KeptCopies.lasting(kept.memoryBytes());
    this.files = kept == null
        ? null
        : kept.folder()
            .map(folder -> new CopyFiles(folder, kept.folderBytes(), events))
            .orElse(null);
    this.background = from.reconcile
        .map(settings -> new BackgroundCheck(settings, terms, chance, events))
        .orElse(null);
  }

  /**
   * Starts a chain.
   *
   * @param executor where the members are called; see the class for what it must be like
   * @param clock tells the age of copies and which rows are of the future
   * @param ticker monotonic nanoseconds; deadlines, guards and fresh answers go by it. It must go as fast as time does,
   *     as waiting is real
   */
  public static SourceChainBuilder builder(Executor executor, Clock clock, LongSupplier ticker) {
    return new SourceChainBuilder(executor, clock, ticker);
  }

  /**
   * Reads daily bars; the answer may be a stale copy, which says so in its provenance and findings.
   *
   * @throws QilinException as {@link #fetchBars}
   */
  @Override
  public Bars bars(BarQuery query) {
    return fetchBars(query).value();
  }

  /**
   * Reads what the codes stood for. As a map cannot say that it is stale, no copy is served here: use {@link
   * #fetchSecurities}.
   *
   * @throws QilinException as {@link #fetchSecurities}
   */
  @Override
  public Map<Symbol, SecurityTimeline> securities() {
    Served<Map<Symbol, SecurityTimeline>> answer = fetchSecurities();
    if (answer.stale()) {
      throw new QilinException(
          ErrorCode.DATA_FETCH,
          "no member of the chain answered the query for securities; a copy is to be had by"
              + " fetchSecurities: " + answer);
    }
    return answer.value();
  }

  /**
   * Reads records; the answer may be a stale copy, which says so in its provenance and findings.
   *
   * @throws QilinException as {@link #fetchRecords}
   */
  @Override
  public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
    return fetchRecords(query).value();
  }

  /**
   * Reads daily bars and tells who served them.
   *
   * @throws QilinException if no member answered and no copy may stand for it: the code that all failures have, or
   *     DATA_FETCH; UNSUPPORTED if no member serves bars; CANCELLED if the thread is interrupted. The message lists what
   *     was tried
   */
  public Served<Bars> fetchBars(BarQuery query) {
    return fetch(new Ask.OfBars(Objects.requireNonNull(query, "query")));
  }

  /**
   * Reads what the codes stood for and tells who served it.
   *
   * @throws QilinException as {@link #fetchBars}
   */
  public Served<Map<Symbol, SecurityTimeline>> fetchSecurities() {
    return fetch(new Ask.OfSecurities());
  }

  /**
   * Reads records and tells who served them.
   *
   * @throws QilinException as {@link #fetchBars}
   */
  public <R extends MarketRecord> Served<Records<R>> fetchRecords(RecordQuery<R> query) {
    return fetch(new Ask.OfRecords<>(Objects.requireNonNull(query, "query")));
  }

  /**
   * Reads daily bars and fills the gaps of the member that serves them with rows of the others, in their order. The
   * source of each row is told. Members that do not answer are left out.
   *
   * @throws QilinException as {@link #fetchBars}, and as {@link BarMerge#fill}
   */
  public MergedBars fetchMerged(BarQuery query) {
    Ask<Bars> ask = new Ask.OfBars(Objects.requireNonNull(query, "query"));
    Served<Bars> first = fetchBars(query);
    MergedBars merged = BarMerge.of(first.member(), first.value());
    for (Member member : members) {
      if (!member.name().equals(first.member())) {
        Optional<Round.Win<Bars>> more = run(new Round<>(List.of(member), ask, terms, events));
        if (more.isPresent()) {
          merged = BarMerge.fill(merged, member.name(), more.get().value());
        }
      }
    }
    return merged;
  }

  /** What the members are doing. */
  public ChainHealth health() {
    return new ChainHealth(
        members.stream().map(Member::health).toList(),
        served.get(),
        hits.get(),
        stale.get(),
        lost.get(),
        listenerFailures.get(),
        copyFailures.get());
  }

  /** Closes the members, each even if another cannot be closed; the executor is the caller's. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    RuntimeException first = null;
    for (Member member : members) {
      try {
        member.source().close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private <T> Served<T> fetch(Ask<T> ask) {
    if (closed.get()) {
      throw QilinException.invalid("the chain of sources is closed");
    }
    return fromMemory(ask).orElseGet(() -> equal.run(ask, () -> fromMemory(ask), () -> lead(ask)));
  }

  @SuppressWarnings("unchecked") // what lies under a query is its answer
  private <T> Optional<Served<T>> fromMemory(Ask<T> ask) {
    if (fresh == null) {
      return Optional.empty();
    }
    Optional<Served<T>> found = fresh.find(ask).map(value -> {
      Kept<T> kept = (Kept<T>) value;
      return new Served<>(
          kept.value(), kept.member(), kept.retrievedAt(), Optional.empty(), List.of());
    });
    if (found.isPresent()) {
      hits.incrementAndGet();
      events.accept(new ChainEvent.Answered(ask.kind(), found.get()));
    }
    return found;
  }

  private <T> Served<T> lead(Ask<T> ask) {
    Round<T> round = new Round<>(members, ask, terms, events);
    Optional<Round.Win<T>> won = run(round);
    Served<T> answer = won.map(win -> serve(ask, win, round.attempts()))
        .or(() -> copy(ask, round.attempts()))
        .orElseThrow(() -> {
          lost.incrementAndGet();
          String noCopy = copies == null ? null : "there is no copy that could stand for them";
          return Round.lost(ask.kind(), round.attempts(), noCopy);
        });
    events.accept(new ChainEvent.Answered(ask.kind(), answer));
    if (background != null && answer.value() instanceof Bars bars && ask instanceof Ask.OfBars of) {
      won.ifPresent(win -> background.start(members, win.member(), bars, of.query()));
    }
    return answer;
  }

  private static <T> Optional<Round.Win<T>> run(Round<T> round) {
    try {
      return round.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(ErrorCode.CANCELLED, "interrupted while waiting for data", e);
    }
  }

  private <T> Served<T> serve(Ask<T> ask, Round.Win<T> win, List<Attempt> attempts) {
    served.incrementAndGet();
    Instant now = terms.clock().instant();
    T value = win.value();
    Kept<T> kept = new Kept<>(value, win.member().name(), now, ask.tellsUntil(now));
    long bytes = fresh == null && copies == null ? 0 : ask.bytes(value);
    if (fresh != null) {
      fresh.put(ask, kept, bytes);
    }
    if (copies != null) {
      String key = key(ask);
      copies.put(key, kept, bytes + 2L * key.length());
      keepFile(key, kept);
    }
    return new Served<>(value, kept.member(), now, Optional.empty(), attempts);
  }

  private void keepFile(String key, Kept<?> kept) {
    CopyFiles target = files;
    if (target == null || !CopyFormat.knows(kept.value())) {
      return;
    }
    try {
      terms.executor().execute(() -> target.write(key, kept));
    } catch (RuntimeException e) {
      target.refused(key);
    }
  }

  /** The members are part of the key, so that chains of other members that share a folder share no copy. */
  private String key(Ask<?> ask) {
    return names + "|" + ask.key();
  }

  @SuppressWarnings("unchecked") // what lies under a key is the answer to its query
  private <T> Optional<Served<T>> copy(Ask<T> ask, List<Attempt> attempts) {
    boolean failed = attempts.stream()
        .anyMatch(a ->
            a.outcome() != AttemptOutcome.NO_DATA && a.outcome() != AttemptOutcome.NOT_CAPABLE);
    if (copies == null || !failed) {
      return Optional.empty();
    }
    String key = key(ask);
    Optional<Object> found = copies.find(key);
    if (found.isEmpty() && files != null) {
      found = files.read(key).map(kept -> kept);
    }
    return found.map(kept -> (Kept<T>) kept).flatMap(kept -> standIn(ask, kept, attempts));
  }

  private <T> Optional<Served<T>> standIn(Ask<T> ask, Kept<T> kept, List<Attempt> attempts) {
    Instant now = terms.clock().instant();
    Duration passed = Duration.between(kept.retrievedAt(), now);
    Duration behind = Duration.between(kept.knownAt(), ask.tellsUntil(now));
    boolean early = behind.compareTo(passed) > 0;
    Duration longer = early ? behind : passed;
    Duration age = longer.isNegative() ? Duration.ZERO : longer;
    if (age.compareTo(maxAge) > 0 || ask.wrongCopy(kept.value(), terms.check()).isPresent()) {
      return Optional.empty();
    }
    stale.incrementAndGet();
    Instant of = early ? kept.knownAt() : kept.retrievedAt();
    T marked = ask.stale(kept.value(), of, age, kept.member());
    return Optional.of(
        new Served<>(marked, kept.member(), kept.retrievedAt(), Optional.of(age), attempts));
  }
}
