package io.qilin.mlops.workflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Panel;
import io.qilin.api.model.Predictor;
import io.qilin.api.model.TrainingWindow;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.QlibBacktest;
import io.qilin.core.backtest.ScoreTable;
import io.qilin.core.backtest.TopkDropout;
import io.qilin.core.expression.Expression;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorStudy;
import io.qilin.mlops.bundle.GoldenRows;
import io.qilin.mlops.dataset.FeatureFrame;
import io.qilin.mlops.dataset.FeatureRows;
import io.qilin.mlops.dataset.FittedChain;
import io.qilin.mlops.dataset.ProcessorChain;
import io.qilin.mlops.dataset.Segments;
import io.qilin.mlops.dataset.TrainingData;
import io.qilin.mlops.training.TrainedModel;
import io.qilin.mlops.training.Trainer;
import io.qilin.mlops.training.TrainingContext;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Qlib's workflow: factors, processors, a model, its scores, IC and rank IC, a backtest. Processors are fitted on the training
 * segment, the model learns from it and stops early by the validation segment, and only the test segment is judged; between
 * segments lie the days whose labels would read into the next one. The test segment is looked at once: whoever runs this again
 * and again to choose by its figures has to count the trials.
 *
 * <p>Immutable and safe to share. The same panel, settings and seed give the same result, bit for bit.
 */
public final class ModelWorkflow {
  /** The column of the scores. */
  public static final String SCORE = "score";

  private static final int CHUNK = 4_096;
  private static final int GOLDEN = 32;

  private final FactorSet factors;
  private final Segments segments;
  private final Trainer trainer;
  private final Map<String, String> parameters;
  private final Label label;
  private final int labelDays;
  private final int embargoDays;
  private final ProcessorChain processors;
  private final FactorEngine engine;
  private final @Nullable TopkDropout rule;
  private final UnaryOperator<QlibBacktest.Builder> terms;

  private ModelWorkflow(Builder builder) {
    factors = builder.factors;
    segments = builder.segments;
    trainer = builder.trainer;
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.parameters));
    label = builder.label;
    labelDays = Expression.parse(label.expression()).lookAhead();
    embargoDays = builder.embargoDays;
    processors = builder.processors;
    engine = builder.engine;
    rule = builder.rule;
    terms = builder.terms;
  }

  /**
   * Begins a workflow.
   *
   * @param factors what the model sees, for example {@code Alpha158.factors()}
   * @param segments on which days it learns, stops early and is judged; they are purged by the label's reach
   * @param trainer what makes the model
   */
  public static Builder builder(FactorSet factors, Segments segments, Trainer trainer) {
    return new Builder(factors, segments, trainer);
  }

  /**
   * Runs it.
   *
   * @param bars the market; for the backtest with what {@link QlibBacktest} needs
   * @throws QilinException DATE_OUT_OF_RANGE if a segment is not in the bars, or too short for its label; DATA_NOT_FOUND if a
   *     field is missing, or no row of a segment is known; what the trainer has; CANCELLED
   */
  public WorkflowResult run(Panel bars, TrainingContext context) {
    FactorTable table =
        engine.compute(bars, factors, segments.train().first(), segments.test().last());
    LabelTable labels = engine.labels(
        bars, List.of(label), segments.train().first(), segments.test().last());
    Segments purged = segments.purged(table.days(), labelDays, embargoDays);
    FeatureFrame frame = FeatureFrame.of(table, labels);
    context.log("factors: " + table.names().size() + " × " + table.symbols().size()
        + " instruments × " + table.days().size() + " days");
    FittedChain chain = processors.fit(frame, purged.train(), context.cancellation());
    TrainingData train =
        chain.learn(frame, purged.train(), context.cancellation()).training(label.name());
    TrainingData valid =
        chain.learn(frame, purged.valid(), context.cancellation()).training(label.name());
    context.log("training " + trainer.id() + " on " + train.count() + " rows, validating on "
        + valid.count());
    TrainedModel model = trainer.train(train, valid, parameters, context);
    FeatureRows rows = chain.infer(frame, purged.test(), context.cancellation());
    FactorTable scores = scores(rows, model, bars, purged);
    FactorStudy study = FactorStudy.of(scores, SCORE, labels, label.name());
    Optional<BacktestReport> backtest = Optional.ofNullable(rule)
        .map(how -> terms
            .apply(QlibBacktest.builder(
                    bars,
                    ScoreTable.of(scores, SCORE),
                    how,
                    purged.test().first(),
                    purged.test().last())
                .cancellation(context.cancellation()))
            .build()
            .run());
    return new WorkflowResult(
        trainer.id(),
        factors,
        label,
        purged,
        window(purged, table.days()),
        chain,
        model,
        train.count(),
        valid.count(),
        golden(rows, model),
        scores,
        study,
        backtest);
  }

  /** The first rows of the test of which the model knows the score. */
  private static GoldenRows golden(FeatureRows rows, TrainedModel model) {
    int width = rows.features().size();
    double[] row = new double[width];
    double[] kept = new double[GOLDEN * width];
    double[] score = new double[1];
    int count = 0;
    try (Predictor predictor = model.open()) {
      for (int at = 0; at < rows.count() && count < GOLDEN; at++) {
        rows.copyRows(at, 1, row);
        predictor.predict(row, 1, score);
        if (!Double.isNaN(score[0])) {
          System.arraycopy(row, 0, kept, count++ * width, width);
        }
      }
      if (count == 0) {
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "the model has no score for any row of the test: a feature is missing in each; fill"
                + " what is not known, or take a model that accepts it");
      }
      return GoldenRows.from(
          predictor, Arrays.copyOf(kept, count * width), GoldenRows.DOUBLE_TOLERANCE);
    }
  }

  /** What the model has seen: rows up to the end of validation, and the prices that their labels read. */
  private TrainingWindow window(Segments purged, List<LocalDate> days) {
    int at = Collections.binarySearch(days, purged.valid().last());
    int last = at >= 0 ? at : -at - 2;
    return new TrainingWindow(
        purged.train().first(),
        days.get(last),
        days.get(Math.min(days.size() - 1, last + labelDays)));
  }

  private static FactorTable scores(
      FeatureRows rows, TrainedModel model, Panel bars, Segments segments) {
    if (rows.count() == 0) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND, "nothing is known on the days of the test, " + segments.test());
    }
    int width = rows.features().size();
    double[] scores = new double[rows.count()];
    try (Predictor predictor = model.open()) {
      double[] features = new double[Math.min(CHUNK, rows.count()) * width];
      double[] some = new double[Math.min(CHUNK, rows.count())];
      for (int from = 0; from < rows.count(); from += CHUNK) {
        int count = Math.min(CHUNK, rows.count() - from);
        rows.copyRows(from, count, features);
        predictor.predict(features, count, some);
        System.arraycopy(some, 0, scores, from, count);
      }
    }
    int first = bars.indexOf(rows.days().get(0));
    FactorTable.Writer table =
        FactorTable.writer(List.of(SCORE), bars, first, first + rows.days().size());
    for (int day = 0; day < rows.days().size(); day++) {
      for (int row = rows.dayStart(day); row < rows.dayStart(day + 1); row++) {
        int instrument = bars.indexOf(rows.symbols().get(rows.instrument(row)));
        table.write(0, instrument, day, scores, row, 1);
      }
    }
    return table.build();
  }

  /** What a workflow is made of. Not thread-safe. */
  public static final class Builder {
    private final FactorSet factors;
    private final Segments segments;
    private final Trainer trainer;
    private Map<String, String> parameters = Map.of();
    private Label label = Label.NEXT_DAY_RETURN;
    private int embargoDays;
    private ProcessorChain processors = ProcessorChain.alpha158();
    private FactorEngine engine = FactorEngine.DEFAULT;
    private @Nullable TopkDropout rule = TopkDropout.builder(50, 5).build();
    private UnaryOperator<QlibBacktest.Builder> terms = UnaryOperator.identity();

    private Builder(FactorSet factors, Segments segments, Trainer trainer) {
      this.factors = Objects.requireNonNull(factors, "factors");
      this.segments = Objects.requireNonNull(segments, "segments");
      this.trainer = Objects.requireNonNull(trainer, "trainer");
    }

    /** Parameters of the trainer by name; its defaults unless set. */
    public Builder parameters(Map<String, String> given) {
      parameters = Map.copyOf(given);
      return this;
    }

    /** What the model learns to foretell; {@link Label#NEXT_DAY_RETURN} unless set. */
    public Builder label(Label what) {
      label = Objects.requireNonNull(what, "what");
      return this;
    }

    /** Trading days left out between segments besides those that labels read; 0 unless set. */
    public Builder embargoDays(int days) {
      embargoDays = days;
      return this;
    }

    /** How rows are prepared; as Qlib's Alpha158 handler unless set. */
    public Builder processors(ProcessorChain chain) {
      processors = Objects.requireNonNull(chain, "chain");
      return this;
    }

    /** What computes the factors; {@link FactorEngine#DEFAULT}, on the caller's thread, unless set. */
    public Builder engine(FactorEngine with) {
      engine = Objects.requireNonNull(with, "with");
      return this;
    }

    /** The rule that trades the scores; TopkDropout with 50 and 5 unless set. */
    public Builder trading(TopkDropout how) {
      rule = Objects.requireNonNull(how, "how");
      return this;
    }

    /** Changes the backtest's terms, for example its benchmark; Qlib's defaults unless set. */
    public Builder terms(UnaryOperator<QlibBacktest.Builder> changes) {
      terms = Objects.requireNonNull(changes, "changes");
      return this;
    }

    /** Judges the scores alone, without a backtest. */
    public Builder withoutTrading() {
      rule = null;
      return this;
    }

    /**
     * The workflow.
     *
     * @throws QilinException as {@link Expression#parse(String)} for the label
     */
    public ModelWorkflow build() {
      return new ModelWorkflow(this);
    }
  }
}
