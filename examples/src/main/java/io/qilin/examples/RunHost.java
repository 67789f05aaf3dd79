package io.qilin.examples;

import com.sun.net.httpserver.HttpServer;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.BarQuery;
import io.qilin.data.source.MarketDataProviders;
import io.qilin.ops.config.ConfigLoader;
import io.qilin.ops.health.HealthProbe;
import io.qilin.ops.health.HealthRegistry;
import io.qilin.ops.http.OpsHandler;
import io.qilin.ops.lifecycle.DrainGate;
import io.qilin.ops.lifecycle.Lifecycle;
import io.qilin.ops.lifecycle.LifecyclePart;
import io.qilin.ops.logging.LogField;
import io.qilin.ops.logging.LogScope;
import io.qilin.ops.quota.Quota;
import io.qilin.ops.quota.QuotaLease;
import io.qilin.ops.quota.StrategyQuotas;
import io.qilin.ops.reload.LiveConfig;
import io.qilin.ops.resilience.Dependencies;
import io.qilin.ops.resilience.ResiliencePolicy;
import io.qilin.ops.resilience.ResilientSource;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/** The program of docs/ops.md: a host whose settings change while it works, and that stops without losing what it took. */
public final class RunHost {
  /** What the host's file says. */
  record Settings(int workers, Duration patience) {
    ResiliencePolicy policy() {
      return ResiliencePolicy.builder().attemptTimeout(patience).build();
    }
  }

  private RunHost() {}

  /**
   * Runs a host for a moment.
   *
   * @param args none
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("host");
    run(System.out, folder, Clock.systemUTC());
  }

  static void run(PrintStream out, Path folder, Clock clock) throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      run(out, folder, clock, threads, server);
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private static void run(
      PrintStream out, Path folder, Clock clock, ExecutorService threads, HttpServer server)
      throws IOException {
    LongSupplier ticker = System::nanoTime;
    Path file = Files.writeString(folder.resolve("host.yaml"), "workers: 2\npatience: 2s\n");
    ConfigLoader<Settings> loader =
        ConfigLoader.builder(Settings.class).file(file).build();
    Settings first = loader.load().value();
    StrategyQuotas quotas = StrategyQuotas.builder(16, ticker).build();
    Dependencies guards = Dependencies.builder(threads, ticker, clock, 42)
        .policies(Map.of("default", first.policy()))
        .build();
    LiveConfig<Settings> live = LiveConfig.builder(loader, clock, ticker)
        .executor(Runnable::run)
        .listener(event -> {
          String told = event.fold(
              changed -> {
                Settings now = changed.after().value();
                guards.reconfigure(Map.of("default", now.policy()));
                quotas.register("momentum", Quota.workers(now.workers()));
                return "from now on " + now;
              },
              refused -> "version " + refused.version() + " stays");
          out.println(told);
        })
        .start();
    quotas.register("momentum", Quota.workers(first.workers()));

    DrainGate work = DrainGate.of("work", ticker);
    Lifecycle host = Lifecycle.builder(ticker)
        .gate(work)
        .part(LifecyclePart.of("config", () -> {}, live::close))
        .part(LifecyclePart.of("guards", () -> {}, guards::close))
        .part(LifecyclePart.of("quotas", () -> {}, quotas::close))
        .part(LifecyclePart.of("http", server::start, () -> server.stop(0))
            .dependsOn("config", "guards", "quotas"))
        .build();
    HealthRegistry health = HealthRegistry.builder(threads, ticker)
        .required("host", host::health, HealthProbe.READY)
        .optional("config", live::health, HealthProbe.READY)
        .optional("sources", guards::health, HealthProbe.READY)
        .cache(Duration.ZERO)
        .build();
    server.createContext(
        "/", OpsHandler.builder(health, threads, ticker).details(false).build());
    host.start();

    ResilientSource bars = ResilientSource.of(
        MarketDataProviders.discover().get("demo").open(Map.of("symbols", "5", "years", "1")),
        guards.of("demo"));
    out.println(work.call(() -> {
      try (LogScope scope = LogScope.of(LogField.STRATEGY, "momentum");
          QuotaLease lease = quotas.acquire("momentum")) {
        return lease.strategy() + " sees "
            + bars.bars(BarQuery.ALL).panel().symbols().size() + " shares";
      }
    }));

    Files.writeString(file, "workers: 4\npatience: 1s\n");
    live.reloadNow();
    Files.writeString(file, "workers: many\npatience: 1s\n");
    try {
      live.reloadNow();
    } catch (QilinException refused) {
      out.println(refused.code() + ", still " + live.current().workers() + " workers");
    }
    out.println(ready(server));
    host.stop().parts().forEach(part -> out.println(part.name() + " " + part.how()));
    bars.close();
  }

  private static String ready(HttpServer server) throws IOException {
    InetSocketAddress address = server.getAddress();
    URLConnection asked = URI.create(
            "http://" + address.getHostString() + ":" + address.getPort() + "/health/ready")
        .toURL()
        .openConnection();
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
