package io.qilin.spring.agents;

import io.qilin.spring.PropertiesBelow;

/** Whether the properties name a language model. */
final class ModelsNamed extends PropertiesBelow {
  ModelsNamed() {
    super("qilin.llm.models");
  }
}
