package io.qilin.ops.chaos;

import io.qilin.agents.analyst.Preset;
import io.qilin.agents.desk.DeskResult;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.demo.DemoMarket;
import io.qilin.data.demo.DemoProvider;
import io.qilin.data.failover.BreakerSettings;
import io.qilin.data.failover.CallGuard;
import io.qilin.data.failover.CopySettings;
import io.qilin.data.failover.MemberSettings;
import io.qilin.data.failover.Served;
import io.qilin.data.failover.SourceChain;
import io.qilin.data.failover.SourceChainBuilder;
import io.qilin.ops.backup.BackupWorker;
import io.qilin.ops.backup.Backups;
import io.qilin.ops.backup.StoreHost;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.lifecycle.DrainGate;
import io.qilin.ops.lifecycle.Lifecycle;
import io.qilin.ops.lifecycle.LifecyclePart;
import io.qilin.security.audit.AuditState;
import io.qilin.testkit.FaultySource;
import io.qilin.testkit.FaultySource.Fault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small host: two sources behind a chain, a desk, an audit log, models, backups, and a life cycle over them. */
final class ChaosHost implements AutoCloseable {
  private static final Map<String, String> MARKET = Map.of("symbols", "6", "years", "1");
  /** Of sources that answer: however busy the machine is. */
  private static final Duration PATIENT = Duration.ofSeconds(30);
  /** Of a source that is not to answer. */
  private static final Duration QUICK = Duration.ofMillis(300);

  private static final MarketDataSource GOOD = new DemoProvider().open(MARKET);
  private static final TradingCalendar CALENDAR = DemoMarket.of(6, 1, 42).calendar();

  final FaultySource primary = new FaultySource(GOOD);
  final FaultySource second = new FaultySource(GOOD);
  final StoreHost stores;
  final Backups backups;
  final BackupWorker worker;
  final Lifecycle life;
  private final DrainGate gate = DrainGate.of("evenings", System::nanoTime);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SourceChain chain;
  private final ResearchDesk desk = ResearchDesk.standard(Preset.STANDARD).build();

  /** What came of one evening. */
  record Evening(DeskResult decision, String member, boolean stale) {}

  ChaosHost(Path folder, Path backupFolder) {
    this(folder, backupFolder, PATIENT);
  }

  /** The deadline is what a source gets that is asked. */
  ChaosHost(Path folder, Path backupFolder, Duration deadline) {
    stores = StoreHost.open(folder);
    backups = stores.backups(backupFolder, Clock.systemUTC()).build();
    chain = chain(threads, primary, deadline)
        .member("second", second, Set.of(DataCapability.DAILY_BARS), member(deadline))
        .lastGood(CopySettings.DEFAULT)
        .build();
    worker = BackupWorker.builder(backups, Clock.systemUTC(), System::nanoTime)
        .retry(Duration.ofMillis(50))
        .failures(2)
        .start();
    life = Lifecycle.builder(System::nanoTime)
        .gate(gate)
        .part(LifecyclePart.of("stores", () -> {}, stores::close))
        .part(LifecyclePart.of("sources", () -> {}, chain::close))
        .part(LifecyclePart.of("backups", () -> {}, worker::close).dependsOn("stores"))
        .build();
    life.start();
  }

  private static SourceChainBuilder chain(
      ExecutorService threads, FaultySource primary, Duration deadline) {
    return SourceChain.builder(threads, Clock.systemUTC(), System::nanoTime)
        .withoutHedging()
        .deadline(deadline.multipliedBy(3))
        .member("primary", primary, Set.of(DataCapability.DAILY_BARS), member(deadline));
  }

  private static MemberSettings member(Duration deadline) {
    return MemberSettings.builder()
        .deadline(deadline)
        .attempts(1)
        .breaker(BreakerSettings.DEFAULT.withOpenTime(Duration.ofMillis(50)))
        .build();
  }

  /** Asks for bars under a fault where there is neither a second source nor a copy. */
  static void withoutSpare(Fault fault) {
    ExecutorService threads = Executors.newCachedThreadPool();
    FaultySource only = new FaultySource(GOOD).then(fault);
    try (SourceChain chain = chain(threads, only, QUICK).build()) {
      chain.fetchBars(BarQuery.ALL);
    } finally {
      only.release();
      threads.shutdownNow();
    }
  }

  /** Decides, and records that it did. */
  Evening evening(String name) {
    return gate.call(() -> {
      Evening evening = decided();
      stores.record(name);
      return evening;
    });
  }

  /** Decides without recording: the part that needs no disk. */
  Evening decided() {
    Served<Bars> served = chain.fetchBars(BarQuery.ALL);
    LocalDate day =
        served.value().panel().days().get(served.value().panel().days().size() - 40);
    DeskResult decision = desk.run(Snapshots.of(served.value(), GOOD.securities(), day), CALENDAR);
    return new Evening(decision, served.member(), served.stale());
  }

  /** Whether all of it works: the sources, the audit log, the backups, the life cycle. */
  boolean healthy() {
    HealthResult backup = worker.health();
    return life.health().status() == HealthStatus.HEALTHY
        && backup.status() == HealthStatus.HEALTHY
        && stores.audit.state() == AuditState.OPEN
        && chain.health().members().stream()
            .allMatch(member -> member.state() == CallGuard.State.CLOSED);
  }

  /** Lets evenings pass until all is healthy; in how many milliseconds, at the most 30,000. */
  long healed(String name) {
    long began = System.nanoTime();
    long end = began + Duration.ofSeconds(30).toNanos();
    int evenings = 0;
    while (evenings == 0 || !healthy()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not healthy within 30 s: " + chain.health() + worker.health()
            + life.health() + stores.audit.state());
      }
      evening(name + evenings++);
    }
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  @Override
  public void close() {
    primary.release();
    second.release();
    life.stop();
    threads.shutdownNow();
  }
}
