package io.qilin.agents.analyst;

import java.util.Objects;

/**
 * What a component, flag or outcome is called for people.
 *
 * @param english in English
 * @param chinese in Chinese
 */
public record Label(String english, String chinese) {
  /** Checks the parts. */
  public Label {
    Objects.requireNonNull(english, "english");
    Objects.requireNonNull(chinese, "chinese");
  }

  /** In one language. */
  public String in(Language language) {
    return language == Language.CHINESE ? chinese : english;
  }

  /** Both, as {@code opening gap (高开幅度)}; once if they are the same. */
  @Override
  public String toString() {
    return english.equals(chinese) ? english : english + " (" + chinese + ")";
  }
}
