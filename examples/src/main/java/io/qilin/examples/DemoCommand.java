package io.qilin.examples;

import io.qilin.agents.desk.DecisionRecordJson;
import io.qilin.core.report.NumberText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the whole way on a synthetic market, with nothing to download. */
@Command(
    name = "demo",
    description = {
      "Goes the whole way on a synthetic market: reads it, judges its data, computes Alpha158, lets the analysts judge"
          + " every share, passes the risk gate, and prints at most two recommendations with their reasons. Needs no"
          + " data, network or key; the same arguments give the same result on every machine.",
      "",
      "Writes report.html, one page that opens offline, and decision.json, the decision record, to the folder --out.",
      ""
    },
    footer = {
      "",
      "Example: qilin demo",
      "Example: qilin demo --symbols 100 --years 3 --seed 7 --out mine"
    })
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin
  private LanguageOption language = new LanguageOption();

  @Option(names = "--symbols", paramLabel = "N", description = "How many shares; 300 unless given.")
  private int symbols = 300;

  @Option(names = "--years", paramLabel = "N", description = "How many years; 5 unless given.")
  private int years = 5;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another seed is another market; 42 unless given.")
  private long seed = 42;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write; the folder qilin-demo in the working directory unless given.")
  private Path out = Path.of("qilin-demo");

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    DemoRun run;
    try (Threads threads = Threads.of(2)) {
      run = DemoRun.of(symbols, years, seed, threads.executor());
    }
    terminal
        .out()
        .print(String.join(
            "\n",
            DemoText.market(run),
            DemoText.quality(run),
            DemoText.factors(run),
            DemoText.recommendations(run, language.language()) + DemoText.track(run)));
    terminal.out().flush();
    WholeFile.makeFolder(out);
    Path page = out.resolve("report.html");
    Path record = out.resolve("decision.json");
    WholeFile.write(page, DemoPage.of(run, language.language()).getBytes(StandardCharsets.UTF_8));
    WholeFile.write(record, DecisionRecordJson.write(run.decision().record()));
    terminal.say("");
    terminal.say("report   " + page.toAbsolutePath().normalize());
    terminal.say("decision " + record.toAbsolutePath().normalize());
    terminal.say("done in " + NumberText.fixed((System.nanoTime() - start) / 1e9, 1) + " s");
    return ExitCode.DONE;
  }
}
