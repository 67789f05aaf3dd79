package io.qilin.agents.analyst;

import io.qilin.api.market.Field;
import io.qilin.core.rules.Sessions;
import java.time.LocalTime;
import java.util.List;
import java.util.OptionalInt;

/**
 * The first limit-up point table of qilin_stack, for {@link Preset#LEGACY} of the
 * {@link LimitUpQualityAnalyst}: 100 points, here as fractions of each part's maximum.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>points of the maximum</th></tr>
 *   <tr><td>seal</td><td>0.30</td><td>seal / free-float value above 0.10 30/30, above 0.05 20/30,
 *       above 0.02 10/30, else 0</td></tr>
 *   <tr><td>time</td><td>0.20</td><td>before 10:00 20/20, before 11:00 15/20, before 14:00 10/20,
 *       else 5/20</td></tr>
 *   <tr><td>breaks</td><td>0.20</td><td>0 20/20, 1 10/20, 2 5/20, more 0</td></tr>
 *   <tr><td>turnover</td><td>0.15</td><td>5 to 15 % 15/15, 3 to 5 or 15 to 20 % 10/15, below 3 %
 *       5/15, above 20 % 0</td>
 *       </tr>
 *   <tr><td>volume-ratio</td><td>0.15</td><td>volume over the day before: 1.5 to 3 15/15, 1.2 to
 *       1.5 or 3 to 5 10/15, below 1.2 5/15, above 5 0</td></tr>
 * </table>
 *
 * <p>Where it differs: the original gives 45 of 100 points to a share without any data and takes
 * traded volume for the seal; here a part without data is dropped and only resting orders are a
 * seal.
 */
final class LegacyLimitUp implements LimitUpQualityAnalyst.LimitUpSheet {
  static final ScoreSheet SHEET = new ScoreSheet(
      LimitUpQualityAnalyst.ID,
      List.of(
          new ScoreSheet.Part("seal", "fraction", 300, "seals"),
          new ScoreSheet.Part("time", "minutes", 200, "seals"),
          new ScoreSheet.Part("breaks", "breaks", 200, "seals"),
          new ScoreSheet.Part("turnover", "fraction", 150, "bars"),
          new ScoreSheet.Part("volume-ratio", "1", 150, "bars")));

  @Override
  public ScoreSheet.Row empty() {
    return SHEET.row();
  }

  @Override
  public ScoreSheet.Row row(SealedShare share) {
    double seal = share.sealToFloat();
    double turnover = share.turnover();
    double ratio = share.value(Field.VOLUME)
        / LimitUpQualityAnalyst.volumeBefore(share.snapshot().raw(), share.instrument());
    OptionalInt breaks = share.breaks();
    double count = breaks.isPresent() ? breaks.getAsInt() : Double.NaN;
    return SHEET
        .row()
        .set(0, seal, Points.above(seal, 0, 0.10, 1, 0.05, 20 / 30.0, 0.02, 10 / 30.0))
        .set(
            1,
            share.firstSeal().map(Sessions::minutesElapsed).orElse(Double.NaN),
            share.firstSeal().map(LegacyLimitUp::time).orElse(Double.NaN))
        .set(2, count, Points.from(-count, 0, 0, 1, -1, 0.5, -2, 0.25))
        .set(
            3,
            turnover,
            Points.from(
                turnover,
                5 / 15.0,
                Math.nextUp(0.20),
                0,
                Math.nextUp(0.15),
                10 / 15.0,
                0.05,
                1,
                0.03,
                10 / 15.0))
        .set(
            4,
            ratio,
            Points.from(
                ratio,
                5 / 15.0,
                Math.nextUp(5.0),
                0,
                Math.nextUp(3.0),
                10 / 15.0,
                1.5,
                1,
                1.2,
                10 / 15.0));
  }

  private static double time(LocalTime firstSeal) {
    return firstSeal.isBefore(LocalTime.of(10, 0))
        ? 1
        : firstSeal.isBefore(LocalTime.of(11, 0))
            ? 0.75
            : firstSeal.isBefore(LocalTime.of(14, 0)) ? 0.5 : 0.25;
  }
}
