"""First names that are common in England and are hardly ever anything else in a return.

Left out are names that are also words, months, surnames of well-known reviews or parts of place names:
Grace, Hope, Faith, Joy, April, May, June, Summer, Will, Mark, Grant, Rose, Victoria, Florence and the like.
"""

from __future__ import annotations

_WORDS = """
    Aaron Abdul Abdullah Abigail Adam Adrian Agnieszka Ahmed Aisha Alan Alastair Alex Alexander Alexandra Alfie Ali
    Alice Alison Amanda Amelia Amina Amy Andrea Andrew Angela Anita Anna Anne Annie Anthony Antonio Arthur Ashley Ava
    Barbara Beatrice Ben Benjamin Beth Bethany Brenda Brian Callum Carl Carla Caroline Carolyn Catherine Charlie Chloe
    Chris Christine Christopher Claire Clare Colin Connor Craig Daisy Daniel Danielle David Deborah Debbie Declan Denise
    Derek Diane Donna Dorothy Edward Eleanor Elizabeth Ella Ellie Emily Emma Eric Esther Ethan Eva Evie Fatima Fiona
    Freddie Freya Gareth Gary Gemma Geoffrey George Gillian Graham Hannah Harriet Harry Hassan Heather Helen Henry
    Holly Hussain Ian Ibrahim Imran Isaac Isabella Isla Jack Jackie Jacob Jacqueline Jake James Jamie Jane Janet Janice
    Jason Jayne Jean Jennifer Jenny Jeremy Jessica Jill Jim Joan Joanna Joanne John Jonathan Joseph Josh Joshua Judith
    Julia Julie Karen Kate Katherine Kathleen Katie Kayleigh Keith Kelly Ken Kenneth Kerry Kevin Khadija Kieran Kim
    Kirsty Kyle Laura Lauren Leah Leanne Lee Leo Lesley Lewis Liam Linda Lisa Logan Louise Lucas Lucy Luke Lynn Maisie
    Malcolm Margaret Maria Marie Martin Mary Maryam Matthew Maureen Megan Melanie Melissa Mia Michael Michelle Mohamed
    Mohammad Mohammed Molly Muhammad Nadia Naomi Natalie Natasha Nathan Neil Nicholas Nick Nicola Nigel Noah Oliver
    Olivia Omar Oscar Owen Pamela Patricia Patrick Paul Paula Pauline Peter Philip Philippa Phoebe Poppy Priya Rachael
    Rachel Rebecca Richard Robert Robin Roger Ruth Ryan Sally Sam Samantha Samuel Sandra Sara Sarah Scott Sean Shannon
    Sharon Sheila Shirley Simon Sophia Sophie Stacey Stephanie Stephen Steve Steven Stuart Susan Suzanne Tariq Teresa
    Theo Theresa Thomas Tim Timothy Tina Toby Tom Tony Tracey Tracy Trevor Tyler Usman Vanessa Wayne Wendy William
    Yasmin Yusuf Yvonne Zainab Zara Zoe
"""
FIRST_NAMES = frozenset(_WORDS.split())
