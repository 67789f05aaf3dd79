package io.qilin.api.analysis;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What one side of a debate says to another about a share.
 *
 * @param from who speaks, for example {@code bull}
 * @param to whom, for example {@code research-manager}
 * @param about the share
 * @param claim what is said; text of a language model is text from outside, whatever it says
 * @param evidence what it rests on, as {@code analyst/component=value unit}; of a model only what was found in the snapshot
 * @param at the moment of decision, not of speaking, so that a replay says the same
 * @param origin who put it into words
 * @param flags marks such as {@code UNVERIFIED} for numbers that no evidence bears out, or {@code CONTAMINATED} for a model
 *     that may have seen the day in training
 */
public record Statement(
    String from,
    String to,
    Symbol about,
    String claim,
    List<String> evidence,
    Instant at,
    Origin origin,
    List<String> flags) {
  /** Who put a statement into words. */
  public enum Origin {
    /** Rules, from the evidence. */
    RULES,
    /** A language model. */
    MODEL,
    /** Rules, because the language model failed or its budget was used up. */
    RULES_INSTEAD
  }

  private static final int LONGEST_CLAIM = 1 << 16;

  /**
   * Copies the lists.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty name or claim, or a claim of more than 65,536 characters
   */
  public Statement {
    Objects.requireNonNull(about, "about");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(origin, "origin");
    evidence = List.copyOf(evidence);
    flags = List.copyOf(flags);
    if (from.isBlank() || to.isBlank() || claim.isBlank()) {
      throw QilinException.invalid("a statement needs from, to and a claim");
    }
    if (claim.length() > LONGEST_CLAIM) {
      throw QilinException.invalid(
          "a claim has at most " + LONGEST_CLAIM + " characters, this has " + claim.length());
    }
  }
}
