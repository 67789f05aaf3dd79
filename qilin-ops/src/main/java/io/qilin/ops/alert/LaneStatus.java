package io.qilin.ops.alert;

/**
 * What became of the alerts for one sink. {@code offered} is the sum of the others but {@code summaries}.
 *
 * @param name of the sink
 * @param offered all of them
 * @param delivered the sink took them
 * @param failed the sink threw
 * @param dropped there was no room, or the end came
 * @param heldBack beyond the number that goes out in a minute, and counted in a summary
 * @param waiting in the queue or on their way
 * @param summaries summaries that the sink got beside
 */
public record LaneStatus(
    String name,
    long offered,
    long delivered,
    long failed,
    long dropped,
    long heldBack,
    long waiting,
    long summaries) {}
