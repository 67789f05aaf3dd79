package io.qilin.examples;

import io.qilin.agents.desk.DecisionRecordJson;
import io.qilin.agents.desk.Replay;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}: repeats a recorded decision and compares. */
@Command(
    name = "replay",
    description = {
      "Repeats a recorded decision on bars and prints 'identical', or the first difference, to the last bit; the exit"
          + " code of a difference is 4. The bars may go on after the day of the decision.",
      ""
    },
    footer = {"", "Example: qilin replay --record decision.json --bars bars.csv.gz"})
final class ReplayCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin
  private BarsOptions bars = new BarsOptions();

  @Mixin
  private ExtraOptions extra = new ExtraOptions();

  @Option(
      names = "--record",
      required = true,
      paramLabel = "FILE.json",
      description = "A decision record that 'qilin recommend' wrote.")
  private Path record = Path.of("");

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    DecisionRecord recorded = recorded();
    MarketSnapshot bare =
        Snapshots.of(bars.readShares(), extra.securities(recorded.day()), recorded.day());
    Optional<Replay.Difference> difference =
        Replay.verify(recorded, bare.withRecords(extra.records(recorded.asOf())));
    terminal.out().print(difference.map(Replay.Difference::toString).orElse("identical") + "\n");
    return difference.isPresent() ? ExitCode.FINDINGS : ExitCode.DONE;
  }

  /** The record; what is wrong with it is said with the file's name. */
  private DecisionRecord recorded() {
    byte[] json = WholeFile.read(record);
    try {
      return DecisionRecordJson.read(json);
    } catch (QilinException e) {
      throw Messages.at(record.toString(), e);
    }
  }
}
