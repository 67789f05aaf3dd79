package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.secret.Secret;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Market data from a service that answers in JSON or CSV over HTTP, as a {@link RestSpec} describes it.
 *
 * <p>Prices of daily bars are taken as traded ({@code Adjustment.RAW}). No record is in an answer that was not public at
 * the moment of the query, or that says it became public after the present of the clock.
 *
 * <p>Safe for use by several threads. A query runs on the thread that asks, request after request; the JDK's HTTP client
 * waits for the network on one daemon thread of its own, which ends when the source is no longer in use. Nothing is kept
 * between queries: put the source into a {@code SourceChain} for copies and failover.
 */
public final class RestSource implements MarketDataSource {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
  private static final Comparator<MarketRecord> ORDER =
      Comparator.comparing(MarketRecord::eventTime).thenComparing(MarketRecord::asOf);

  private final RestSpec spec;
  private final Clock clock;
  private final LongSupplier ticker;
  private final Set<Symbol> universe;
  private final Optional<LocalDate> firstDay;
  private final Client client;
  private final Deadline.Pause pause;
  private final CountDownLatch closed = new CountDownLatch(1);

  private RestSource(Builder builder) {
    this.spec = builder.spec;
    this.clock = builder.clock;
    this.ticker = builder.ticker;
    this.universe = new TreeSet<>(builder.universe);
    this.firstDay = builder.firstDay;
    this.pause = builder.pause.orElse(Deadline.Pause.until(closed));
    HttpCaller http = new HttpCaller(spec, builder.secret, clock, builder.executor);
    this.client = new Client(spec, http, builder.secret, ticker, builder.random);
  }

  /**
   * Begins a source.
   *
   * @param clock the present; nothing later is in an answer
   * @param ticker nanoseconds for deadlines and rates, for example {@code System::nanoTime}
   */
  public static Builder builder(RestSpec spec, Clock clock, LongSupplier ticker) {
    return new Builder(spec, clock, ticker);
  }

  /** Collects the parts of a source. */
  public static final class Builder {
    private final RestSpec spec;
    private final Clock clock;
    private final LongSupplier ticker;
    private Optional<Secret> secret = Optional.empty();
    private Set<Symbol> universe = Set.of();
    private Optional<LocalDate> firstDay = Optional.empty();
    private Executor executor = Runnable::run;
    private RandomGenerator random = new SplittableRandom(0);
    private Optional<Deadline.Pause> pause = Optional.empty();

    private Builder(RestSpec spec, Clock clock, LongSupplier ticker) {
      this.spec = spec;
      this.clock = clock;
      this.ticker = ticker;
    }

    /** What stands for {@code ${secret}}; none unless set. */
    public Builder secret(Secret kept) {
      secret = Optional.of(kept);
      return this;
    }

    /** The instruments that are asked for where a query wants all, and the service must be asked by instrument. */
    public Builder symbols(Set<Symbol> all) {
      universe = Set.copyOf(all);
      return this;
    }

    /** The first day that is asked for where a query names none, and the service must be asked by day. */
    public Builder firstDay(LocalDate day) {
      firstDay = Optional.of(day);
      return this;
    }

    /** Where the HTTP client does its short steps; on its own thread for the network unless set. */
    public Builder executor(Executor steps) {
      executor = steps;
      return this;
    }

    /** Spreads the waits before repetitions; seeded with 0 unless set. Used by one thread at a time. */
    public Builder random(RandomGenerator generator) {
      random = generator;
      return this;
    }

    Builder pause(Deadline.Pause how) {
      pause = Optional.of(how);
      return this;
    }

    /**
     * Opens the source; the service is not asked yet.
     *
     * @throws QilinException INVALID_CONFIGURATION for {@code http://} to another host that was not allowed, or a spec that
     *     needs a secret without one
     */
    public RestSource open() {
      Transport.check(spec, secret.isPresent());
      return new RestSource(this);
    }
  }

  /** What is served. */
  public Set<DataCapability> capabilities() {
    return spec.capabilities();
  }

  /**
   * Reads daily bars.
   *
   * @throws QilinException UNSUPPORTED; DATA_NOT_FOUND; DATA_FORMAT with row and field; DATA_FETCH, AUTHENTICATION,
   *     AUTHORIZATION or RATE_LIMITED as the service answers; TIMEOUT; LIMIT_EXCEEDED; INVALID_ARGUMENT if the service must
   *     be asked by instrument or day and neither the query nor the source names any; CANCELLED if the thread is
   *     interrupted or the source is closed
   */
  @Override
  public Bars bars(BarQuery query) {
    List<RestEndpoint> endpoints = served(DataCapability.DAILY_BARS);
    Instant now = clock.instant();
    LocalDate known = day(query.knownAt().filter(moment -> moment.isBefore(now)).orElse(now));
    LocalDate to = query.to().filter(day -> day.isBefore(known)).orElse(known);
    Wanted wanted = new Wanted(query.symbols(), query.from(), to, known);
    BarAssembly bars = new BarAssembly(query, now, endpoints);
    TableFetcher fetcher = fetcher(DataCapability.DAILY_BARS);
    for (RestEndpoint endpoint : endpoints) {
      bars.add(table(fetcher, endpoint, wanted), endpoint, spec, where(endpoint));
    }
    return bars.bars(provenance(endpoints));
  }

  /**
   * The timelines of all notices of status that are public.
   *
   * @throws QilinException as {@link #records}
   */
  @Override
  public Map<Symbol, SecurityTimeline> securities() {
    if (!capabilities().contains(DataCapability.SECURITIES)) {
      throw unsupported(DataCapability.SECURITIES);
    }
    return StatusNotice.timelines(
        records(RecordQuery.of(StatusNotice.class, LAST)).rows());
  }

  /**
   * Reads records.
   *
   * @throws QilinException as {@link #bars}, but an answer without rows where nothing answers
   */
  @Override
  public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
    DataCapability kind = DataCapability.of(query.type());
    List<RestEndpoint> endpoints = served(kind);
    Instant now = clock.instant();
    LocalDate known = day(query.knownAt().isBefore(now) ? query.knownAt() : now);
    // An event may lie after what is known, as an ex-date does; no event is asked for that does.
    LocalDate to = query.to().map(RestSource::day).orElse(LocalDate.MAX);
    Wanted wanted = new Wanted(query.symbols(), query.from().map(RestSource::day), to, known);
    RowFindings findings = new RowFindings();
    TableFetcher fetcher = fetcher(kind);
    List<R> rows = new ArrayList<>();
    for (RestEndpoint endpoint : endpoints) {
      RestTable table = table(fetcher, endpoint, wanted);
      new RecordReader<>(
              query.type(), endpoint, where(endpoint), provenance(List.of(endpoint)), now, findings)
          .read(table, spec).stream().filter(query::accepts).forEach(rows::add);
    }
    rows.sort(ORDER);
    return new Records<>(rows, provenance(endpoints), findings.all());
  }

  private List<RestEndpoint> served(DataCapability kind) {
    List<RestEndpoint> endpoints = spec.endpoints(kind);
    if (endpoints.isEmpty()) {
      throw unsupported(kind);
    }
    if (closed.getCount() == 0) {
      throw Deadline.closed();
    }
    return endpoints;
  }

  private QilinException unsupported(DataCapability kind) {
    return new QilinException(
        ErrorCode.UNSUPPORTED,
        spec.id() + " does not serve " + kind + "; it serves " + new TreeSet<>(capabilities()));
  }

  private TableFetcher fetcher(DataCapability kind) {
    Deadline deadline = new Deadline(
        spec.id() + ", " + kind, ticker, pause, closed, spec.limits().queryTime());
    return new TableFetcher(spec, client, universe, firstDay, deadline);
  }

  private RestTable table(TableFetcher fetcher, RestEndpoint endpoint, Wanted wanted) {
    try {
      RestTable table = fetcher.table(endpoint.fetch(), wanted);
      for (RestJoin join : endpoint.joins()) {
        table = TableJoin.join(
            table, fetcher.table(join.fetch(), wanted), join, client.where(join.fetch()));
      }
      return table;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, where(endpoint) + ": the thread that waited was interrupted", e);
    }
  }

  private String where(RestEndpoint endpoint) {
    return client.where(endpoint.fetch());
  }

  private Provenance provenance(List<RestEndpoint> endpoints) {
    return new Provenance(
        spec.id(),
        spec.base().getHost() + "/"
            + String.join("+", endpoints.stream().map(one -> one.fetch().name()).toList()),
        false);
  }

  /** The day of a moment in Shanghai, within what days can be. */
  private static LocalDate day(Instant moment) {
    Instant sane = moment.isAfter(LAST) ? LAST : moment;
    sane = sane.isBefore(Instant.EPOCH.minusSeconds(1L << 33))
        ? Instant.EPOCH.minusSeconds(1L << 33)
        : sane;
    return sane.atOffset(ZoneOffset.UTC).atZoneSameInstant(SHANGHAI).toLocalDate();
  }

  /** Ends queries that run, with CANCELLED; a request that was sent is waited for as long as it may take. */
  @Override
  public void close() {
    closed.countDown();
  }

  /** For example {@code tushare at https://api.tushare.pro}; without the secret. */
  @Override
  public String toString() {
    return spec.toString();
  }
}
