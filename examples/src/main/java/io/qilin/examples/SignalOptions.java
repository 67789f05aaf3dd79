package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.source.BarQuery;
import io.qilin.core.backtest.ScoreTable;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.csv.CsvBarReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import picocli.CommandLine.Option;

/** Where the scores of the shares come from. */
final class SignalOptions {
  private static final Field SCORE = Field.of("score");

  @Option(
      names = "--signal",
      paramLabel = "FILE.csv",
      description = "Scores: columns datetime, instrument and score, plain or .gz.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--factor",
      paramLabel = "EXPR",
      description = "An expression whose values are the scores. Quote it.")
  private Optional<String> factor = Optional.empty();

  boolean isMissing() {
    return file.isEmpty() && factor.isEmpty();
  }

  /** The scores for the shares of some bars. */
  ScoreTable scores(Panel bars) {
    return file.map(SignalOptions::read).orElseGet(() -> compute(bars));
  }

  private static ScoreTable read(Path path) {
    Panel panel =
        CsvBarReader.builder(path).generic().build().read(BarQuery.ALL).panel();
    SortedSet<Field> fields = panel.fields();
    if (!panel.has(SCORE) && fields.size() != 1) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          QilinException.quote(path.toString())
              + " has no column score beside datetime and instrument;" + " its columns are "
              + fields);
    }
    return ScoreTable.of(panel, panel.has(SCORE) ? SCORE : fields.first());
  }

  private ScoreTable compute(Panel bars) {
    boolean adjust = bars.adjustment() == Adjustment.RAW && bars.has(Field.FACTOR);
    Panel comparable = adjust ? bars.withAdjustment(Adjustment.BACKWARD) : bars;
    FactorSet set = FactorSet.of("signal", new Factor("score", factor.orElseThrow()));
    return ScoreTable.of(FactorEngine.DEFAULT.compute(comparable, set), "score");
  }
}
