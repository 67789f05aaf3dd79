package io.qilin.examples;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.source.Bars;
import io.qilin.core.backtest.Benchmark;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.MissingData;
import io.qilin.core.report.JsonText;
import io.qilin.data.lineage.CodeVersion;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.dataset.Columns;
import io.qilin.mlops.dataset.DayRange;
import io.qilin.mlops.dataset.Processor;
import io.qilin.mlops.dataset.ProcessorChain;
import io.qilin.mlops.dataset.Segments;
import io.qilin.mlops.training.LightGbmTrainer;
import io.qilin.mlops.training.Trainer;
import io.qilin.mlops.training.Trainers;
import io.qilin.mlops.workflow.ModelWorkflow;
import io.qilin.mlops.workflow.WorkflowRecord;
import io.qilin.mlops.workflow.WorkflowResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code workflow}: a model from factors, judged on days that it has not seen. */
@Command(
    name = "workflow",
    description = {
      "Computes factors, prepares them as Qlib does, trains a model on the first days, stops it early by the next, and"
          + " judges its scores on the last: IC and rank IC with their intervals, and a backtest by Qlib's rule"
          + " TopkDropout against the mean of all shares. Days whose labels would read into later segments are left"
          + " out.",
      "",
      "Prints a table. --out takes scores.csv, figures.json and model.zip, the model as a bundle; --store keeps the run as"
          + " an experiment, --model also registers the model there.",
      ""
    },
    footer = {
      "",
      "Example: qilin workflow --bars bars.csv.gz --set alpha158 --train 2015-12-01..2018-06-30 --valid"
          + " 2018-07-01..2019-06-30 --test 2019-07-01..2020-08-28 --topk 5 --drop 1 --out run",
      "Example: qilin workflow --bars bars/ --set alpha158 --trainer ridge --fill --param alpha=10 --train … --valid …"
          + " --test … --store models --model daily"
    })
final class WorkflowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin
  private BarsOptions bars = new BarsOptions();

  @Option(
      names = "--set",
      paramLabel = "alpha158|alpha360|alpha101",
      description = "What the model sees; alpha158 unless given.")
  private String set = "alpha158";

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FROM..TO",
      converter = Days.class,
      description = "The days to learn from.")
  private DayRange train = DAY;

  @Option(
      names = "--valid",
      required = true,
      paramLabel = "FROM..TO",
      converter = Days.class,
      description = "Later days, to stop early by.")
  private DayRange valid = DAY;

  @Option(
      names = "--test",
      required = true,
      paramLabel = "FROM..TO",
      converter = Days.class,
      description = "The last days, to judge by.")
  private DayRange test = DAY;

  @Option(
      names = "--trainer",
      paramLabel = "NAME",
      description =
          "What trains: lightgbm, ridge, least-squares, sgd-regressor …; lightgbm unless given.")
  private String trainer = "lightgbm";

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description =
          "A parameter of the trainer, as often as needed. Without any, lightgbm has those of Qlib's benchmark.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--fill",
      description =
          "Standardises features over the training days and takes 0 for what is not known; linear models need it.")
  private boolean fill;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of all that is random; 42 unless given.")
  private long seed = 42;

  @Mixin
  private TopkOptions topk = new TopkOptions();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that compute factors; one for each processor unless given. The figures do not depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write scores, figures and model; nowhere unless given.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "The folder of experiments and models, made if it is not there; nothing is kept unless given.")
  private Optional<Path> store = Optional.empty();

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "The experiment of --store; workflow unless given.")
  private String experiment = "workflow";

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Registers the model in --store as the next version of this name.")
  private Optional<String> model = Optional.empty();

  private static final DayRange DAY = new DayRange(LocalDate.EPOCH, LocalDate.EPOCH);

  WorkflowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Two dates with two dots between them. */
  static final class Days implements ITypeConverter<DayRange> {
    @Override
    public DayRange convert(String text) {
      int dots = text.indexOf("..");
      try {
        if (dots > 0) {
          LocalDate from = LocalDate.parse(text.substring(0, dots));
          LocalDate to = LocalDate.parse(text.substring(dots + 2));
          if (!to.isBefore(from)) {
            return new DayRange(from, to);
          }
        }
      } catch (DateTimeException e) {
        throw notOne(text);
      }
      throw notOne(text);
    }

    private static TypeConversionException notOne(String text) {
      return new TypeConversionException(
          "not two dates like 2016-01-04..2018-12-28: " + QilinException.quote(text));
    }
  }

  @Override
  public Integer call() {
    checkOptions();
    Clock clock = Clock.systemUTC();
    Instant started = clock.instant();
    Trainer with = Trainers.standard().named(trainer);
    FactorSet factors = KnownSets.named(set, spec);
    Bars read = bars.readShares();
    Messages.readingFindings(terminal, read);
    WorkflowResult result;
    try (Threads helpers = Threads.helping(threads)) {
      ModelWorkflow.Builder workflow = ModelWorkflow.builder(
              factors, new Segments(train, valid, test), with)
          .parameters(parameters())
          .engine(FactorEngine.builder()
              .executor(helpers.executor())
              .missing(MissingData.NAN)
              .build())
          .trading(topk.rule(spec).build())
          .terms(terms -> terms.benchmark(Benchmark.equalWeight()));
      if (fill) {
        workflow.processors(FILLED);
      }
      result = workflow.build().run(read.panel(), new ToldTraining(terminal, seed));
    }
    terminal.out().print(result.summary());
    terminal.out().println();
    terminal.out().flush();
    out.ifPresent(folder -> write(result, folder));
    store.ifPresent(folder -> keep(result, folder, started, clock));
    return ExitCode.DONE;
  }

  private static final ProcessorChain FILLED = new ProcessorChain(
      List.of(),
      List.of(
          new Processor.ProcessInf(),
          new Processor.RobustZScoreNorm(Columns.FEATURES, true),
          new Processor.Fillna(Columns.FEATURES, 0)),
      ProcessorChain.alpha158().learning(),
      ProcessorChain.Flow.APPEND);

  private Map<String, String> parameters() {
    return parameters.isEmpty() && trainer.equals("lightgbm")
        ? LightGbmTrainer.QLIB_ALPHA158
        : parameters;
  }

  private void write(WorkflowResult result, Path folder) {
    WholeFile.makeFolder(folder);
    scores(result.scores(), folder.resolve("scores.csv"));
    JsonText figures = new JsonText().object();
    result.figures().forEach((name, value) -> figures.name(name).value(value));
    text(folder.resolve("figures.json"), figures.end().toString());
    Path bundle = folder.resolve("model.zip");
    WholeFile.makeRoom(bundle);
    result.bundle().writeZip(bundle);
    terminal.say("written: " + folder);
  }

  private static void text(Path file, String content) {
    WholeFile.write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void scores(FactorTable table, Path file) {
    try (FactorFile scores =
        FactorFile.create(new BarFiles.Csv(file), List.of(ModelWorkflow.SCORE))) {
      for (int i = 0; i < table.symbols().size(); i++) {
        for (int day = 0; day < table.days().size(); day++) {
          double score = table.value(0, i, day);
          if (!Double.isNaN(score)) {
            scores.row(table.symbols().get(i), table.days().get(day), cells -> cells.accept(score));
          }
        }
      }
      scores.commit();
    }
  }

  private void keep(WorkflowResult result, Path folder, Instant started, Clock clock) {
    String code = CodeVersion.of(ModelWorkflow.class).toString();
    try (ModelStore kept = ModelStore.open(folder, clock)) {
      String run = WorkflowRecord.keep(result, kept.tracker(), experiment, code, started, clock);
      terminal.say("kept as run " + run + " of experiment " + experiment + " in " + folder);
      model.ifPresent(name -> {
        ModelVersion version = register(result, kept, name, code, run);
        terminal.say("registered as " + version.id());
      });
    }
  }

  private static ModelVersion register(
      WorkflowResult result, ModelStore store, String name, String code, String run) {
    byte[] chain = result.chain().toJson().getBytes(StandardCharsets.UTF_8);
    try (ArtifactHold bytes = store.artifacts().put(result.model().bytes());
        ArtifactHold processors = store.artifacts().put(chain)) {
      ModelDraft.Builder draft = ModelDraft.builder(
              name, result.model().kind(), result.model().signature())
          .file("model", bytes.artifact().sha256())
          .file("processors.json", processors.artifact().sha256())
          .lineage(WorkflowRecord.lineage(result, code, run));
      for (Factor factor : result.factors().factors()) {
        draft.tag("factor." + factor.name(), factor.expression());
      }
      result.figures().forEach(draft::metric);
      return store.registry().register(draft.build());
    }
  }

  private void checkOptions() {
    if (threads < 1 || threads > Threads.MOST) {
      throw wrong("--threads is 1 to " + Threads.MOST + ", was " + threads);
    }
    if (topk.isWrong()) {
      throw wrong("--topk is 1 or more, and --drop from 0 to --topk");
    }
    if (model.isPresent() && store.isEmpty()) {
      throw wrong("--model needs --store, where it is registered");
    }
    if (!train.last().isBefore(valid.first()) || !valid.last().isBefore(test.first())) {
      throw wrong("--train, --valid and --test follow each other");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
