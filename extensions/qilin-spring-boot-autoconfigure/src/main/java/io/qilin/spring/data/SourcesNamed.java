package io.qilin.spring.data;

import io.qilin.spring.PropertiesBelow;

/** Whether the properties name a source. A market of Qilin's own making is not taken for granted. */
final class SourcesNamed extends PropertiesBelow {
  SourcesNamed() {
    super("qilin.data.source", "qilin.data.members");
  }
}
