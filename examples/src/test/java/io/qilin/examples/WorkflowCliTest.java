package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.data.csv.CsvBarWriter;
import io.qilin.data.demo.DemoMarket;
import io.qilin.mlops.bundle.Bundle;
import io.qilin.mlops.bundle.BundleOptions;
import io.qilin.mlops.training.ModelFormats;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowCliTest {
  @TempDir
  private Path folder;

  private Path bars;
  private List<LocalDate> days = List.of();

  @BeforeEach
  void writeBars() {
    bars = folder.resolve("bars.csv");
    Panel panel = DemoMarket.of(20, 2, 4).bars().panel();
    days = panel.days();
    Panel adjusted = panel
        .with(Field.FACTOR, (instrument, day) -> 1)
        .with(Field.of("raw_close"), (i, day) -> panel.value(Field.CLOSE, i, day));
    CsvBarWriter.write(bars, adjusted);
  }

  private String range(int from, int to) {
    return days.get(from) + ".." + days.get(to);
  }

  private Cli ridge(String... more) {
    return trained("ridge", more);
  }

  private Cli trained(String trainer, String... more) {
    List<String> args = new ArrayList<>(List.of(
        "workflow",
        "--bars",
        bars.toString(),
        "--trainer",
        trainer,
        "--fill",
        "--topk",
        "5",
        "--drop",
        "1",
        "--train",
        range(60, 150),
        "--valid",
        range(151, 190),
        "--test",
        range(191, 250)));
    args.addAll(Arrays.asList(more));
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void whenRun_thenItIsJudgedWrittenKeptAndRegistered() throws IOException {
    Path out = folder.resolve("out");
    Path store = folder.resolve("store");
    Cli run = ridge(
        "--param",
        "alpha=10",
        "--out",
        out.toString(),
        "--store",
        store.toString(),
        "--model",
        "daily");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("ridge on 158 factors", "Rank IC", "excess, with cost, a year");
    assertThat(run.err()).contains("kept as run", "registered as daily/1");
    assertThat(Files.readString(out.resolve("figures.json"))).contains("\"test.ic.low\"");
    assertThat(Files.readAllLines(out.resolve("scores.csv")).get(0))
        .isEqualTo("datetime,instrument,score");
    try (Bundle bundle =
        Bundle.open(out.resolve("model.zip"), BundleOptions.of(ModelFormats.all()))) {
      assertThat(bundle.signature().width()).isEqualTo(158);
      assertThat(bundle.processors()).isPresent();
      assertThat(bundle.attachment("factors.json")).isPresent();
    }

    assertThat(registry(store).out()).contains("daily", "none");
    assertThat(registry(store, "--promote", "daily/1", "--reason", "first").code())
        .isZero();
    assertThat(registry(store, "--name", "daily").out()).contains("PRODUCTION", "first");
    assertThat(registry(store, "--rollback", "daily").err()).startsWith("QILIN-2002");
    assertThat(registry(store, "--promote", "daily/7").err()).startsWith("QILIN-2002");
  }

  private static Cli registry(Path store, String... more) {
    List<String> args = new ArrayList<>(List.of("registry", "--store", store.toString()));
    args.addAll(Arrays.asList(more));
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void whenRunAgain_thenTheOutputIsTheSame() {
    assertThat(ridge().out()).isEqualTo(ridge("--threads", "1").out());
  }

  @Test
  void whenTheCommandIsWrong_thenItSaysHow() {
    assertThat(ridge("--model", "daily").err()).contains("--model needs --store");
    assertThat(ridge("--param", "alhpa=1").err()).contains("alhpa", "alpha");
    assertThat(trained("ridg").err())
        .contains("no trainer is named 'ridg'", "did you mean 'ridge'");
    assertThat(Cli.run("workflow", "--bars", bars.toString(), "--train", "2020..2021")
            .err())
        .contains("not two dates like 2016-01-04..2018-12-28");
    assertThat(registry(folder.resolve("none")).err()).startsWith("QILIN-2002");
  }

  @Test
  void whenRealBarsAreGiven_thenLightGbmIsJudgedWithIntervals() {
    Path real = SharedFiles.golden("cn_input.csv.gz");
    Cli run = Cli.run(
        "workflow",
        "--bars",
        real.toString(),
        "--train",
        "2015-12-01..2018-06-30",
        "--valid",
        "2018-07-01..2019-06-30",
        "--test",
        "2019-07-01..2020-08-28",
        "--topk",
        "5",
        "--drop",
        "1");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("lightgbm on 158 factors: 14946 rows", "ICIR", "95 % interval");
  }
}
