/** Clients of language models: to a server, through a router, within a budget, on a cassette. */
@NullMarked
package io.qilin.agents.llm;

import org.jspecify.annotations.NullMarked;
