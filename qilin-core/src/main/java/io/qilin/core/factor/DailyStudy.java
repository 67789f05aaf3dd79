package io.qilin.core.factor;

import java.time.LocalDate;

/**
 * How well a factor ranked the instruments of one day.
 *
 * @param day the day of the factor
 * @param known instruments with a value of the factor
 * @param pairs instruments with a value of the factor and of the label
 * @param ic Pearson's correlation of factor and label over the pairs; {@code NaN} for fewer than two pairs or if one side
 *     does not vary
 * @param rankIc Spearman's correlation, ties by average rank; {@code NaN} as above
 * @param longShortReturn half the difference of the mean label of the top fifth and that of the bottom fifth by factor
 * @param longAverageReturn mean label of the day
 * @param longPrecision share of the top fifth with a label above 0; {@code NaN} if no label of them is known
 * @param shortPrecision share of the bottom fifth with a label below 0; likewise
 * @param autocorrelation Pearson's correlation of the factor with itself on the day before; {@code NaN} on the first day
 */
public record DailyStudy(
    LocalDate day,
    int known,
    int pairs,
    double ic,
    double rankIc,
    double longShortReturn,
    double longAverageReturn,
    double longPrecision,
    double shortPrecision,
    double autocorrelation) {}
