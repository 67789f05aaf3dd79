package io.qilin.core.factor;

/**
 * How a factor did over one horizon.
 *
 * @param horizon what it was judged by
 * @param ic Pearson's correlation of factor and outcome over the instruments of a day
 * @param rankIc Spearman's correlation, ties by average rank
 * @param neutralRankIc correlation of the ranks, each less the mean of its group; without a day if there are no groups
 * @param spread mean outcome of the top group less that of the bottom group, over the whole horizon
 */
public record HorizonStudy(
    Horizon horizon, MeanTest ic, MeanTest rankIc, MeanTest neutralRankIc, MeanTest spread) {}
