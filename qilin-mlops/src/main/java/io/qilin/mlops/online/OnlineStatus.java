package io.qilin.mlops.online;

/**
 * Where a learner stands. Losses are prequential: each sample was scored when it was offered, before anything learnt from it.
 *
 * @param waiting samples whose label has not come
 * @param matured samples with a label that no serving model has learnt from
 * @param dropped samples that were given up, for want of a label or of room
 * @param scored labels that have come
 * @param meanLoss of all of them; {@code NaN} for none
 * @param fadedLoss the same, old ones counting less; {@code NaN} for none
 * @param servingVersion counts the models that have served, from 1
 * @param shadowVersion of the model that scores beside; 0 if there is none
 * @param shadowScored labels of samples that the shadow scored too
 * @param shadowLoss its mean loss on them; {@code NaN} for none
 * @param besideLoss mean loss of the serving model on the same samples; {@code NaN} for none
 */
public record OnlineStatus(
    long waiting,
    long matured,
    long dropped,
    long scored,
    double meanLoss,
    double fadedLoss,
    long servingVersion,
    long shadowVersion,
    long shadowScored,
    double shadowLoss,
    double besideLoss) {}
