"""A captured terminal as a picture: screen.py CAPTURE COLUMNS ROWS dark|light PICTURE.png. See screen.sh."""
import sys
import pyte
from PIL import Image, ImageColor, ImageDraw, ImageFont

capture, columns, rows, theme, picture = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
PAPER, INK = {"dark": ((24, 24, 24), (208, 208, 208)), "light": ((255, 255, 255), (20, 20, 20))}[theme]
FOLDER = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono"
SIZE = 16
plain, bold = ImageFont.truetype(FOLDER + ".ttf", SIZE), ImageFont.truetype(FOLDER + "-Bold.ttf", SIZE)
wide, high = round(plain.getlength("M")), SIZE + 4


class Faint(pyte.Screen):
    """pyte knows no faint text: it is kept as its `blink`."""

    def select_graphic_rendition(self, *codes, **rest):
        # In 38;5;2 the 2 is a colour.
        faint = {} if 38 in codes or 48 in codes else {2: [5], 22: [22, 25]}
        super().select_graphic_rendition(*[c for code in codes for c in faint.get(code, [code])], **rest)


screen = Faint(columns, rows)
# tmux writes lines without what ends a line of a terminal.
pyte.Stream(screen).feed(open(capture, encoding="utf-8").read().rstrip("\n").replace("\n", "\r\n"))
image = Image.new("RGB", (wide * columns, high * rows), PAPER)
draw = ImageDraw.Draw(image)
for y in range(rows):
    for x in range(columns):
        cell = screen.buffer[y][x]
        # pyte has the colours of xterm, which are neither the darkest nor the lightest of those in use.
        ink, paper = INK if cell.fg == "default" else ImageColor.getrgb("#" + cell.fg), PAPER
        if cell.blink:
            ink = tuple((2 * a + b) // 3 for a, b in zip(ink, paper))
        if cell.reverse:
            ink, paper = paper, ink
        left, top = x * wide, y * high
        if paper != PAPER:
            draw.rectangle([left, top, left + wide - 1, top + high - 1], paper)
        code = ord(cell.data[0]) if cell.data else 32
        if 0x2800 <= code < 0x2900:
            # The font's dots are large and touch nothing; terminals draw their own, evenly spread.
            for bit, (column, row) in enumerate([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]):
                if code >> bit & 1:
                    cx, cy = left + wide * (2 * column + 1) / 4, top + high * (2 * row + 1) / 8
                    draw.ellipse([cx - 1.4, cy - 1.4, cx + 1.4, cy + 1.4], ink)
        elif code != 32:
            draw.text((left, top + 1), cell.data, ink, bold if cell.bold else plain)
image.save(picture)
