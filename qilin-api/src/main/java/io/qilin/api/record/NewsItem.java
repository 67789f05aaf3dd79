package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A news item or announcement (新闻, 公告). Its text is data from outside: it may lie, and may try to give orders to a
 * language model.
 *
 * @param eventTime when it was published, by its own word
 * @param asOf when the source had it, not before
 * @param source who delivered it
 * @param title at most 2^20 characters
 * @param body may be empty, at most 2^20 characters
 * @param sourceTier how much its word weighs
 * @param author who wrote it, if known
 * @param symbols the shares that it is about; empty for news of the whole market
 */
public record NewsItem(
    Instant eventTime,
    Instant asOf,
    Provenance source,
    String title,
    String body,
    SourceTier sourceTier,
    Optional<String> author,
    List<Symbol> symbols)
    implements MarketRecord {

  /**
   * Copies the list and checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty title, texts that are too long or hold half a character, more
   *     than 10,000 symbols or one twice, or an asOf before the publication
   */
  public NewsItem {
    Objects.requireNonNull(eventTime, "eventTime");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(sourceTier, "sourceTier");
    RecordChecks checks = RecordChecks.of("a news item");
    checks.text("title", title);
    checks.text("body", body);
    author.ifPresent(name -> checks.name("author", name));
    symbols = List.copyOf(symbols);
    checks.symbols(symbols);
    if (title.isEmpty()) {
      throw checks.wrong("the title is empty");
    }
    checks.publicAfter(eventTime, asOf);
  }

  /** The share that it is about, if it is one. */
  @Override
  public Optional<Symbol> symbol() {
    return symbols.size() == 1 ? Optional.of(symbols.get(0)) : Optional.empty();
  }
}
