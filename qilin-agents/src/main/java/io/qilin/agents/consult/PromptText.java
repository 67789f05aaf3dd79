package io.qilin.agents.consult;

import io.qilin.api.error.QilinException;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.SocialPost;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A text that somebody else wrote: news, a post, what a model said before. It reaches a model as data only.
 *
 * @param kind what it is, 1 to 32 of {@code a-z 0-9 -}, for example {@code news}
 * @param origin who delivered it; text from outside as well
 * @param at when it was published, if known
 * @param text anything
 */
public record PromptText(String kind, String origin, Optional<Instant> at, String text) {
  /**
   * Checks the kind.
   *
   * @throws QilinException INVALID_ARGUMENT for another kind
   */
  public PromptText {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(text, "text");
    if (!kind.matches("[a-z0-9-]{1,32}")) {
      throw QilinException.invalid(
          "the kind of a text is 1 to 32 of a-z 0-9 -, was " + QilinException.quote(kind));
    }
  }

  /** A text without a moment. */
  public static PromptText of(String kind, String origin, String text) {
    return new PromptText(kind, origin, Optional.empty(), text);
  }

  /** A news item: its title and body. */
  public static PromptText of(NewsItem item) {
    return new PromptText(
        "news",
        item.source().provider(),
        Optional.of(item.eventTime()),
        item.title() + "\n" + item.body());
  }

  /** A post: its title and body. */
  public static PromptText of(SocialPost post) {
    return new PromptText(
        "post",
        post.source().provider(),
        Optional.of(post.eventTime()),
        (post.title() + "\n" + post.body()).strip());
  }
}
