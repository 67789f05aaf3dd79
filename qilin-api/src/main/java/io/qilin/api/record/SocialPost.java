package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A post in a forum or network (股吧, 微博). Likes and comments grow: they are those at {@code asOf}, so that the same post
 * may come again with a later asOf and other counts. Its text is data from outside and may try to give orders to a
 * language model.
 *
 * @param eventTime when it was posted, by the network's clock
 * @param asOf when it was seen, not before
 * @param source who delivered it
 * @param title may be empty, at most 2^20 characters
 * @param body may be empty, at most 2^20 characters
 * @param sourceTier how much its word weighs
 * @param author who wrote it, if known
 * @param likes how many liked it by then, if known
 * @param comments how many answered by then, if known
 * @param symbols the shares that it is about; empty for posts on the whole market
 */
public record SocialPost(
    Instant eventTime,
    Instant asOf,
    Provenance source,
    String title,
    String body,
    SourceTier sourceTier,
    Optional<String> author,
    OptionalLong likes,
    OptionalLong comments,
    List<Symbol> symbols)
    implements MarketRecord {
  /**
   * Copies the list and checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for texts that are too long or hold half a character, a negative count, more
   *     than 10,000 symbols or one twice, or an asOf before the post
   */
  public SocialPost {
    Objects.requireNonNull(eventTime, "eventTime");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(sourceTier, "sourceTier");
    RecordChecks checks = RecordChecks.of("a post");
    checks.text("title", title);
    checks.text("body", body);
    author.ifPresent(name -> checks.name("author", name));
    checks.count("likes", likes.orElse(0));
    checks.count("comments", comments.orElse(0));
    symbols = List.copyOf(symbols);
    checks.symbols(symbols);
    checks.publicAfter(eventTime, asOf);
  }

  /** The share that it is about, if it is one. */
  @Override
  public Optional<Symbol> symbol() {
    return symbols.size() == 1 ? Optional.of(symbols.get(0)) : Optional.empty();
  }
}
