package io.qilin.mlflow;

import io.qilin.api.model.ModelStage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tag {@code qilin.stage} of a version tells: its stage, and since when. */
record StageMark(ModelStage stage, Instant moved) {
  static final String TAG = "qilin.stage";

  private static final Pattern FORM =
      Pattern.compile("(NONE|STAGING|PRODUCTION|ARCHIVED) ([0-9TZ:.-]{1,40})");

  static Optional<StageMark> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new StageMark(ModelStage.valueOf(form.group(1)), Instant.parse(form.group(2))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  String text() {
    return stage + " " + moved;
  }
}
