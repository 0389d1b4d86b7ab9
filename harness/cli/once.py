"""Commands that take nothing twice of which there can be one."""

from __future__ import annotations

import click


class Once(click.Command):
    """A command that refuses an option of one value when it is given twice."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words; raises click.UsageError naming the option."""
        _, _, given = self.make_parser(ctx).parse_args(list(args))
        for one in given:
            if isinstance(one, click.Option) and not (one.multiple or one.is_flag):
                times = given.count(one)
                if times > 1:
                    text = f"{max(one.opts, key=len)} is given {times} times; it takes one value"
                    raise click.UsageError(text, ctx)
        return super().parse_args(ctx, args)
