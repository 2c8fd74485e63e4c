"""The page's parts: Streamlit and Altair live here and in `app.py`, nowhere else."""
