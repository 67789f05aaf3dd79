package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.qilin.api.error.ErrorCode;
import io.qilin.ops.Corpora;
import io.qilin.testkit.SharedFiles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoundedTagsTest {
  private static final int NAMES = Integer.getInteger("qilin.names", 5_000);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final QilinMetrics metrics = QilinMetrics.on(registry);

  private List<String> values(String meter, String tag) {
    return registry.find(meter).meters().stream()
        .map(found -> found.getId().getTag(tag))
        .toList();
  }

  @Test
  void whenAHundredThousandNamesCome_thenAHundredAreKeptAndTheRestIsOther() {
    for (int i = 0; i < NAMES; i++) {
      metrics.data().fetchFailed("source-" + i, ErrorCode.DATA_FETCH);
    }
    assertThat(values("qilin.data.fetch.errors", "source"))
        .hasSize(101)
        .contains("source-0", "source-99", "other");
    double sum = registry.get("qilin.data.fetch.errors").counters().stream()
        .mapToDouble(each -> each.count())
        .sum();
    assertThat(sum).isEqualTo(NAMES);
    assertThat(registry.get("qilin.metrics.folded").counter().count()).isEqualTo(NAMES - 100);
  }

  @Test
  void whenTagsMultiply_thenTheSeriesOfAMeterAreBoundedToo() {
    for (int endpoint = 0; endpoint < 100; endpoint++) {
      for (int status = 200; status < 260; status++) {
        metrics.requests().finished("GET", "/" + endpoint, status, Duration.ZERO);
      }
    }
    assertThat(registry.find("qilin.requests").meters()).hasSize(QilinMeter.MOST_SERIES + 1);
  }

  @Test
  void whenManyThreadsAddNames_thenTheBoundHolds() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    for (int t = 0; t < 8; t++) {
      int thread = t;
      pool.execute(() -> {
        for (int i = 0; i < 1_000; i++) {
          metrics.caches().hit("c" + (i * 7 + thread));
        }
      });
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(values("qilin.cache.hits", "cache")).hasSize(101);
    double sum = registry.get("qilin.cache.hits").counters().stream()
        .mapToDouble(each -> each.count())
        .sum();
    assertThat(sum).isEqualTo(8_000);
  }

  @Test
  void whenNamesAreHostile_thenTheyAreOther() {
    for (String name : List.of(
        "",
        " ",
        " a",
        "a\nb",
        "a\u0000",
        "\u202eabc",
        "a\"b",
        "x".repeat(65),
        "${jndi:ldap://x}",
        "<script>",
        "\uD800")) {
      metrics.caches().hit(name);
    }
    assertThat(values("qilin.cache.hits", "cache")).containsExactly("other");
    metrics.caches().hit("龙头-1");
    assertThat(values("qilin.cache.hits", "cache")).contains("龙头-1");
  }

  @Test
  void whenTheCorpusOfNamesComes_thenTheRegistryStaysSmallAndReadable() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    QilinMetrics all = QilinMetrics.on(prometheus);
    List<String> names =
        Corpora.texts(SharedFiles.corpus("naughty-strings").resolve("cases.jsonl"));
    names.forEach(name -> {
      metrics.agents().failed(name, ErrorCode.UNKNOWN);
      metrics.requests().finished(name, name, 200, Duration.ofMillis(1));
      all.agents().failed(name, ErrorCode.UNKNOWN);
    });
    for (Meter meter : registry.getMeters()) {
      for (Tag tag : meter.getId().getTagsAsIterable()) {
        assertThat(tag.getValue().codePoints())
            .isNotEmpty()
            .noneMatch(Character::isISOControl)
            .hasSizeLessThanOrEqualTo(64);
      }
    }
    assertThat(values("qilin.agent.errors", "agent")).hasSizeLessThanOrEqualTo(101);
    long lines =
        prometheus.scrape().lines().filter(line -> !line.startsWith("#")).count();
    assertThat(lines).isLessThan(120);
  }
}
