package io.qilin.mlflow;

import io.qilin.api.model.RunArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tag tells of a file: its digest, length and name. While it is replaced, the digest and length of both contents.
 *
 * @param contents of which the file has one, the newest first
 */
record ArtifactMark(String name, List<Content> contents) {
  private static final Pattern FORM = Pattern.compile(
      "([0-9a-f]{64}) ([0-9]{1,18}) (?:([0-9a-f]{64}) ([0-9]{1,18}) )?/(.+)", Pattern.DOTALL);

  /** A content of a file. */
  record Content(String sha256, long bytes) {}

  static Optional<ArtifactMark> parse(String tag) {
    Matcher form = FORM.matcher(tag);
    if (!form.matches()) {
      return Optional.empty();
    }
    List<Content> contents = new ArrayList<>();
    contents.add(new Content(form.group(1), Long.parseLong(form.group(2))));
    if (form.group(3) != null) {
      contents.add(new Content(form.group(3), Long.parseLong(form.group(4))));
    }
    return Optional.of(new ArtifactMark(form.group(5), List.copyOf(contents)));
  }

  RunArtifact artifact() {
    return new RunArtifact(name, contents.get(0).sha256(), contents.get(0).bytes());
  }

  /** As it stands in the tag. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Content content : contents) {
      text.append(content.sha256()).append(' ').append(content.bytes()).append(' ');
    }
    return text.append('/').append(name).toString();
  }
}
