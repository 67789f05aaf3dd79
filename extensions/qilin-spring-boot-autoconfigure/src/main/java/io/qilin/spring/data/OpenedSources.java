package io.qilin.spring.data;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.data.failover.BreakerSettings;
import io.qilin.data.failover.MemberSettings;
import io.qilin.data.source.MarketDataProviders;
import io.qilin.spring.PropertyRefused;
import io.qilin.spring.QilinHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of the properties. Each is opened at the start, so that wrong settings stop it; a source that is away does not:
 * it is tried again at each call. Immutable.
 */
final class OpenedSources {
  private static final Logger LOG = LoggerFactory.getLogger(OpenedSources.class);

  /** A source with what is known of it. */
  record Opened(
      String name,
      String provider,
      Set<DataCapability> capabilities,
      ReopeningSource source,
      MemberSettings settings) {}

  private final List<Opened> all;

  private OpenedSources(List<Opened> all) {
    this.all = List.copyOf(all);
  }

  /**
   * Opens the sources.
   *
   * @throws PropertyRefused for an unknown provider or settings that it refuses; what was opened is closed then
   */
  static OpenedSources open(
      DataProperties properties, MarketDataProviders providers, QilinHost host) {
    List<Opened> opened = new ArrayList<>();
    List<DataProperties.Member> members = properties.sources();
    try {
      for (int i = 0; i < members.size(); i++) {
        opened.add(open(members.get(i), properties, i, providers, host));
      }
    } catch (QilinException e) {
      opened.forEach(one -> one.source().close());
      throw e;
    }
    return new OpenedSources(opened);
  }

  private static Opened open(
      DataProperties.Member member,
      DataProperties properties,
      int index,
      MarketDataProviders providers,
      QilinHost host) {
    String place = properties.place(index);
    MarketDataProvider provider;
    try {
      provider = providers.get(member.provider());
    } catch (QilinException e) {
      throw PropertyRefused.of(
          place + (properties.source() == null ? "provider" : "source"), member.provider(), e);
    }
    String name = member.called();
    ReopeningSource source = new ReopeningSource(name, () -> provider.open(member.settings()));
    try {
      first(source, name, properties.openWithin(), host);
    } catch (QilinException e) {
      source.close();
      throw e.code() == ErrorCode.INVALID_CONFIGURATION
          ? PropertyRefused.of(
              place + "settings", new TreeSet<>(member.settings().keySet()), e)
          : e;
    }
    Duration deadline = member.deadline() == null
        ? properties.deadline().dividedBy(properties.sources().size())
        : member.deadline();
    return new Opened(
        name, provider.id(), provider.capabilities(), source, settings(member, deadline));
  }

  /** A call is slow when it is late: how long a source usually takes is not known here. */
  private static MemberSettings settings(DataProperties.Member member, Duration deadline) {
    return MemberSettings.builder()
        .deadline(deadline)
        .attempts(member.attempts())
        .concurrency(member.concurrency())
        .breaker(BreakerSettings.DEFAULT.withSlowCall(deadline).withOpenTime(member.openTime()))
        .build();
  }

  /** Opens it for the first time, and waits for that no longer than told. */
  private static void first(ReopeningSource source, String name, Duration within, QilinHost host) {
    FutureTask<?> task = new FutureTask<>(source::source);
    try {
      host.executor().execute(task);
      task.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof QilinException failure) {
        if (failure.code() == ErrorCode.INVALID_CONFIGURATION
            || failure.code() == ErrorCode.INVALID_ARGUMENT) {
          throw failure;
        }
      }
      away(name, source.failure().orElse(String.valueOf(e.getCause())));
    } catch (TimeoutException e) {
      away(name, "it was not open within " + within + "; the opening goes on");
    } catch (RejectedExecutionException e) {
      away(name, "the executor took no task");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "interrupted while the source " + name + " was being opened", e);
    }
  }

  private static void away(String name, String why) {
    LOG.warn("the source {} is not there, and will be tried at each query: {}", name, why);
  }

  List<Opened> all() {
    return all;
  }
}
