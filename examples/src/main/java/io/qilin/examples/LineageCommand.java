package io.qilin.examples;

import io.qilin.agents.desk.DecisionRecordJson;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.check.QualityInput;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.source.Bars;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.MissingData;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.data.lineage.CodeVersion;
import io.qilin.data.lineage.ContentHash;
import io.qilin.data.lineage.LineageGraph;
import io.qilin.data.lineage.LineageLog;
import io.qilin.data.lineage.LineageNode;
import io.qilin.data.lineage.LineageRecorder;
import io.qilin.data.lineage.OpenLineageJson;
import io.qilin.data.quality.QualityGate;
import io.qilin.data.quality.QualityPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lineage}: says what results come from, and whether the files they came from are still the same. */
@Command(
    name = "lineage",
    description = {
      "Reads bars, computes what is asked for, and prints what came from what as a tree, each thing with the SHA-256 of"
          + " its content. The hash of bars and factors is over their values: it does not depend on the kind of file.",
      "",
      "With --verify the files that a log names are hashed again: each is unchanged, changed or missing, and what was made"
          + " of it is listed. Exit code 4 if any is not unchanged.",
      ""
    },
    footer = {
      "",
      "Example: qilin lineage --bars bars.csv.gz --set alpha158 --log lineage.jsonl",
      "Example: qilin lineage --bars bars.csv.gz --record decision.json --openlineage > events.jsonl",
      "Example: qilin lineage --verify lineage.jsonl"
    })
final class LineageCommand implements Callable<Integer> {
  private static final URI PRODUCER = URI.create("urn:qilin:lineage");

  private final Terminal terminal;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private CommonOptions common = new CommonOptions();

  @ArgGroup(exclusive = false)
  private @Nullable BarsOptions bars;

  @ArgGroup
  private @Nullable WhichFactors what;

  @Option(
      names = "--quality",
      description =
          "Judges the bars too, as daily bars of A-shares; the verdict goes into the events.")
  private boolean quality;

  @Option(
      names = "--record",
      paramLabel = "FILE.json",
      description = "A decision record that 'qilin recommend' wrote from these bars.")
  private Optional<Path> record = Optional.empty();

  @Option(
      names = "--openlineage",
      description = "Prints run events of OpenLineage, one a line, instead of the tree.")
  private boolean openLineage;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Appends the steps to a log, one JSON object a line; made if it is not there.")
  private Optional<Path> log = Optional.empty();

  @Option(
      names = "--verify",
      paramLabel = "FILE",
      description = "A log whose files are to be hashed again; goes with no other option.")
  private Optional<Path> verify = Optional.empty();

  LineageCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    BarsOptions given = bars;
    boolean makes = what != null || quality || record.isPresent() || log.isPresent() || openLineage;
    if (given == null && verify.isPresent() && !makes) {
      return new LineageCheck(terminal).run(verify.get());
    }
    if (given == null || verify.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "give --bars with what is made of them, or --verify alone");
    }
    return trace(given);
  }

  private int trace(BarsOptions given) {
    checkLog(given);
    Clock clock = Clock.systemUTC();
    LineageRecorder recorder = LineageRecorder.of(clock, CodeVersion.of(LineageRecorder.class));
    List<LineageNode> files = new ArrayList<>(List.of(recorder.file(given.path())));
    for (String option : List.of("--calendar", "--instruments")) {
      Object value = spec.findOption(option).getValue();
      if (value instanceof Optional<?> path && path.orElse(null) instanceof Path file) {
        files.add(recorder.file(file));
      }
    }
    Bars read = quality || record.isPresent() ? given.readShares() : given.readAnything();
    Messages.readingFindings(terminal, read);
    LineageNode data = recorder.bars(files, read);
    if (quality) {
      judge(recorder, data, read, clock);
    }
    WhichFactors asked = what;
    if (asked != null) {
      compute(recorder, data, read, asked);
    }
    record.ifPresent(file -> decide(recorder, data, file));
    print(recorder.graph());
    return ExitCode.DONE;
  }

  private void checkLog(BarsOptions given) {
    if (log.filter(given::reads).isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--log names a file that is read; name another");
    }
  }

  private static void judge(LineageRecorder recorder, LineageNode data, Bars read, Clock clock) {
    QualityInput input =
        new QualityInput(read, Map.of(), Optional.of(AShareCalendar.load()), clock.instant());
    recorder.judged(
        data,
        QualityGate.builder().policy(QualityPolicy.CONTINUE_MARKED).build().judge(input));
  }

  private void compute(LineageRecorder recorder, LineageNode data, Bars read, WhichFactors asked) {
    FactorSet set = asked
        .expressions()
        .map(LineageCommand::expressions)
        .orElseGet(() -> KnownSets.named(asked.set(), spec));
    FactorPlan plan = FactorEngine.builder().missing(MissingData.NAN).build().plan(set);
    List<LineageNode> inputs = new ArrayList<>(List.of(data));
    asked.expressions().ifPresent(file -> inputs.add(recorder.file(file)));
    recorder.factors(inputs, plan, set, plan.compute(read.panel()));
  }

  private static FactorSet expressions(Path file) {
    List<Factor> factors = ExpressionFile.read(file).stream()
        .map(each -> new Factor(each.id(), each.text()))
        .toList();
    return new FactorSet(String.valueOf(file.getFileName()), factors);
  }

  private static void decide(LineageRecorder recorder, LineageNode data, Path file) {
    byte[] json = WholeFile.read(file);
    DecisionRecord decided;
    try {
      decided = DecisionRecordJson.read(json);
    } catch (QilinException e) {
      throw Messages.at(file.toString(), e);
    }
    recorder.decision(decided, ContentHash.ofBytes(json), List.of(data));
  }

  private void print(LineageGraph graph) {
    if (openLineage) {
      OpenLineageJson export = OpenLineageJson.of("qilin", PRODUCER);
      export.events(graph).forEach(event -> terminal.out().print(event + "\n"));
    } else {
      terminal.out().print(graph.explain());
    }
    log.ifPresent(file -> {
      try (LineageLog target = LineageLog.open(file)) {
        target.recovered().ifPresent(lost -> terminal.say("warning: " + lost));
        target.append(graph);
      }
    });
  }
}
