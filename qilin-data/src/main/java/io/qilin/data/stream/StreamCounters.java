package io.qilin.data.stream;

/**
 * What became of the messages of a pipeline. Always {@code offered = processed + late + deadLettered + dropped}.
 *
 * @param offered messages that sources accepted or found, damaged ones included
 * @param processed records that are in the windows
 * @param late records behind the watermark, set aside
 * @param deadLettered messages set aside for another reason
 * @param dropped messages thrown away: by a full queue, or because their number was seen before
 * @param repeated the part of dropped whose number was seen before
 * @param missing numbers that were skipped and have not come
 * @param outOfOrder records that came after one with a higher number
 * @param restarts how often a sender began its numbers anew within a day
 * @param windows windows told
 * @param checkpoints checkpoints made
 */
public record StreamCounters(
    long offered,
    long processed,
    long late,
    long deadLettered,
    long dropped,
    long repeated,
    long missing,
    long outOfOrder,
    long restarts,
    long windows,
    long checkpoints) {}
